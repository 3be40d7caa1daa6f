import IndexPipeline
import IndexTransport

extension Surroundings {
  /// What the files of a pipeline alone tell: neither the environment nor other files are looked
  /// at.
  static var filesOnly: Surroundings {
    var surroundings = Surroundings(part: { answer(reading: $0) })
    surroundings.names = { names(in: $0) }
    surroundings.template = { template(in: $0, $1) }
    surroundings.folder = ProcessSettings.workingFolder
    surroundings.now = Clock.now
    surroundings.allowsPrograms = (ProcessSettings.variable("LARDER_NO_EXEC") ?? "").utf8.isEmpty
    return surroundings
  }

  /// The environment of this process, and the files that it may read.
  static var process: Surroundings {
    var surroundings = filesOnly
    surroundings.variable = { name in
      ProcessSettings.variable(name).map { .value(Array($0.utf8)) } ?? .missing("not set")
    }
    surroundings.file = { answer(reading: $0) }
    surroundings.exposedMode = { exposedMode(of: $0) }
    return surroundings
  }

  /// The same, and whether the files are there that stages read.
  static var checking: Surroundings {
    var surroundings = process
    surroundings.exists = { exists($0) }
    return surroundings
  }

  /// The environment of this process, in which values may be missing, to show the settings.
  static var lenient: Surroundings {
    var surroundings = process
    surroundings.toleratesGaps = true
    surroundings.keepsSettings = true
    return surroundings
  }

  /// The mode of a file that others than its owner may read.
  ///
  /// What a container's runtime mounts below `/run/secrets` is open to all users of the container,
  /// of whom there are no others.
  private static func exposedMode(of path: String) -> String? {
    if path.utf8.starts(with: "/run/secrets/".utf8) { return nil }
    do throws(IOFailure) {
      let folder = try Directory.open([UInt8](path: ".").span)
      let status = try folder.status(of: [UInt8](path: path).span, followingLink: true)
      guard let status, status.permissions & 0o044 != 0, status.kind == .file else { return nil }
      let digits = String(status.permissions, radix: 8)
      return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    } catch {
      // What cannot be looked at cannot be read either, which has a message of its own.
      return nil
    }
  }

  private static func exists(_ path: String) -> Bool? {
    guard path.isPath else { return false }
    do throws(IOFailure) {
      let folder = try Directory.open([UInt8](path: ".").span)
      return try folder.status(of: [UInt8](path: path).span) != nil
    } catch {
      return nil
    }
  }

  private static func names(in path: String) -> Names {
    guard path.isPath else { return .missing("no such folder") }
    do throws(IOFailure) {
      var listing = try Directory.open([UInt8](path: path).span).list()
      var names: [String] = []
      while let entry = listing.next() {
        names.append(String(path: listing.bytes.span.extracting(entry.name)))
      }
      return .value(names)
    } catch {
      return .missing(error.code == .missing ? "no such folder" : "\(error.code)")
    }
  }

  /// Reads a file of a folder; the folders of containers hold links to files below them.
  private static func template(in path: String, _ name: String) -> Answer {
    do throws(IOFailure) {
      let folder = try Directory.realPath(of: [UInt8](path: path).span)
      let file = try Directory.realPath(of: [UInt8](path: "\(path)/\(name)").span)
      let parent = folder.dropLast() + [UInt8(ascii: "/")]
      guard file.starts(with: parent) else { return .missing("it leads out of the folder") }
      let status = try Directory.open(folder.span).status(of: file.span)
      guard status?.kind == .file else { return .missing("it is no regular file") }
      return answer(reading: String(path: file.span))
    } catch {
      return .missing(error.code == .missing ? "no such file" : "\(error.code)")
    }
  }

  private static func answer(reading path: String) -> Answer {
    do throws(IOFailure) {
      let bytes = try PipelineInput.read(path)
      return bytes.count > PipelineFile.maximumSize
        ? .missing("more than \(PipelineFile.maximumSize) bytes") : .value(bytes)
    } catch {
      return .missing(error.code == .missing ? "no such file" : "\(error.code)")
    }
  }
}
