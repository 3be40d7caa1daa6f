import IndexPipeline
import IndexTransport
import StrictJSON

/// What a program keeps from one run to the next, which a right result never needs.
struct ProgramCache {
  /// The folder of the pipeline file, as an absolute path.
  let pipelineFolder: String
  /// A folder of the stage's own; nil where there is no place for one.
  let folder: String?
  private let context: StageContext

  init(_ program: Program, _ context: StageContext) {
    self.context = context
    var pipelineFolder = program.folder
    do throws(IOFailure) {
      let path = try Directory.realPath(of: [UInt8](path: program.folder).span)
      pipelineFolder = String(decoding: path.dropLast(), as: UTF8.self)
    } catch {
      context.log("cannot look up \(program.folder): \(error.code)")
    }
    self.pipelineFolder = pipelineFolder
    folder = Self.home.map { "\($0)/\(Self.name(of: pipelineFolder))/\(context.id)" }
    do throws(IOFailure) {
      if let folder { try Self.make(folder) }
    } catch {
      context.log("cannot make the cache \(folder ?? ""): \(error.code)")
    }
  }

  private static var home: String? {
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

  private static func make(_ folder: String) throws(IOFailure) {
    let here = try Directory.open([UInt8](path: ".").span)
    for (index, byte) in folder.utf8.enumerated() where byte == 0x2F && index > 0 {
      let path = String(decoding: folder.utf8.prefix(index), as: UTF8.self)
      try here.makeFolder([UInt8](path: path).span)
    }
    try here.makeFolder([UInt8](path: folder).span)
  }

  private var path: String? { folder.map { "\($0).state.json" } }

  /// What the program wanted to be told, as JSON; nil if there is nothing, or nothing readable.
  func state() -> String? {
    guard let path else { return nil }
    var bytes: [UInt8] = []
    do {
      let file = try InputFile.open(path)
      while try file.read(into: &bytes, upTo: 1 << 16) > 0 {}
      return try JSONDocument(parsing: bytes).root.compact
    } catch let failure as IOFailure where failure.code == .missing {
      return nil
    } catch {
      context.log("the state in \(path) is not used: \(error)")
      return nil
    }
  }

  /// Keeps what the program wants to be told next time.
  func keep(_ state: [UInt8]) {
    guard let path else { return }
    do throws(IOFailure) {
      try Directory.replaceFile(path, with: state.span)
    } catch {
      context.log("cannot keep the state in \(path): \(error.code)")
    }
  }
}

extension Program {
  /// Ends a run: what the program wants to remember is kept if all went well.
  func close(isSuccess: Bool) {
    guard let state = memory.takeState(), isSuccess else { return }
    ProgramCache(self, memory.context(kind)).keep(state)
  }
}
