import IndexPipeline
import IndexTransport

/// Where a stage keeps from one run to the next what a right result never needs.
///
/// Each stage of each pipeline has a place of its own: below `LARDER_CACHE_DIR`, else below
/// `larder` in `XDG_CACHE_HOME` or in `.cache` of the home folder. What cannot be read or kept is
/// said in the log, and is no error.
package struct StageCache: Sendable {
  /// The folder of the pipeline file, as an absolute path.
  let pipelineFolder: String
  /// A folder of the stage's own, which may not be there yet; nil where there is no place for one.
  let folder: String?
  private let context: StageContext

  /// Finds the place of a stage.
  ///
  /// - Parameters:
  ///   - folder: The folder of the pipeline file.
  ///   - context: The run, which knows the name of the stage.
  init(ofPipelineIn folder: String, _ context: StageContext) {
    self.context = context
    var pipelineFolder = folder
    do throws(IOFailure) {
      let path = try Directory.realPath(of: [UInt8](path: folder).span)
      pipelineFolder = String(decoding: path.dropLast(), as: UTF8.self)
    } catch {
      context.log("cannot look up \(folder): \(error.code)")
    }
    self.pipelineFolder = pipelineFolder
    self.folder = Self.home.map { "\($0)/\(Self.name(of: pipelineFolder))/\(context.id)" }
  }

  /// The folder with the places of all stages; nil where there is none.
  package static var home: String? {
    if let folder = ProcessSettings.variable("LARDER_CACHE_DIR") { return folder }
    if let folder = ProcessSettings.variable("XDG_CACHE_HOME"), folder.utf8.first == 0x2F {
      return "\(folder)/larder"
    }
    return ProcessSettings.variable("HOME").map { "\($0)/.cache/larder" }
  }

  /// A short name for the folder of a pipeline, made of all of its path.
  private static func name(of folder: String) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in folder.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return String(hash, radix: 16)
  }

  /// Makes the folder of the stage.
  func makeFolder() {
    if let folder { make(folder + "/", for: folder) }
  }

  /// The path of a file beside the folder of the stage.
  ///
  /// - Parameter suffix: What tells it from others of the stage, such as `state.json`.
  func path(_ suffix: String) -> String? { folder.map { "\($0).\(suffix)" } }

  /// The path of a file beside the folder of the stage, in a folder that is there.
  ///
  /// - Parameter suffix: What tells it from others of the stage.
  func madePath(_ suffix: String) -> String? {
    guard let path = path(suffix) else { return nil }
    make(path, for: path)
    return path
  }

  /// Reads a file beside the folder of the stage; nil if there is none, or none that can be read.
  func read(_ suffix: String) -> [UInt8]? {
    guard let path = path(suffix) else { return nil }
    do throws(IOFailure) {
      let file = try InputFile.open(path)
      return try file.rest()
    } catch {
      if error.code != .missing { context.log("\(path) is not used: \(error.code)") }
      return nil
    }
  }

  /// Replaces a file beside the folder of the stage in one step.
  func keep(_ bytes: borrowing Span<UInt8>, in suffix: String) {
    guard let path = madePath(suffix) else { return }
    do throws(IOFailure) {
      try Directory.replaceFile(path, with: bytes)
    } catch {
      context.log("cannot keep \(path): \(error.code)")
    }
  }

  /// Removes a file beside the folder of the stage, if there is one.
  func remove(_ suffix: String) {
    guard let path = path(suffix) else { return }
    do throws(IOFailure) {
      try Directory.open([UInt8](path: ".").span).removeFile([UInt8](path: path).span)
    } catch {
      if error.code != .missing { context.log("cannot remove \(path): \(error.code)") }
    }
  }

  /// Says in the log that a file beside the folder of the stage is damaged.
  func refuse(_ suffix: String, _ reason: String) {
    context.log("\(path(suffix) ?? suffix) is not used: \(reason)")
  }

  /// Makes the folders above the last slash of a path.
  private func make(_ path: String, for purpose: String) {
    do throws(IOFailure) {
      try Directory.makeFolders(above: Array(path.utf8))
    } catch {
      context.log("cannot make the folders of \(purpose): \(error.code)")
    }
  }
}
