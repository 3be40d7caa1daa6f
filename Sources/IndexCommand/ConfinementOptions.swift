import ArgumentParser
import IndexPipeline
import IndexStages
import IndexTransport

/// The flags by which a run and its programs can write only where the pipeline says.
struct ConfinementOptions: ParsableArguments {
  @Flag(help: "Let this run and its programs write only beside its outputs, by Landlock.")
  var confine = false

  @Option(help: "With --confine, let this be written too, or what is in it; repeatable.")
  var mayWrite: [String] = []

  func validate() throws {
    if !confine, !mayWrite.isEmpty { throw ValidationError("--may-write is of use with --confine") }
  }

  /// Confines this thread, and all that are started from now on.
  ///
  /// - Parameters:
  ///   - pipeline: Says where its stages write.
  ///   - reports: Says which files about the run are written.
  /// - Throws: `StageFailure` if a place of `--may-write` is missing, or the kernel refuses.
  func begin(for pipeline: Pipeline, _ reports: ReportOptions) throws(StageFailure) {
    guard WriteConfinement.isPossible else { return Console.show(Self.impossible) }
    do throws(IOFailure) {
      try confine(to: pipeline.writtenPlaces + reports.files)
    } catch {
      throw StageFailure(
        .config,
        code: "cannot-confine",
        "this run cannot be confined: \(error)",
        help: "give places that are there to --may-write, or run without --confine"
      )
    }
  }

  /// Where a run keeps what is not asked for: its cache, and files that are gone at its end.
  private static var workFolders: [String] {
    let cache = StageCache.home.map { [$0] } ?? []
    return cache + [ProcessSettings.temporaryFolder, ProcessSettings.roomyTemporaryFolder]
  }

  private func confine(to files: [String]) throws(IOFailure) {
    let confinement = try WriteConfinement()
    for place in mayWrite { try confinement.allow(place) }
    for file in files { try confinement.allow(Self.folder(around: file)) }
    // Else all that the folder around it holds could be written.
    if let cache = StageCache.home { try Directory.makeFolders(above: Array("\(cache)/".utf8)) }
    for folder in Self.workFolders { try confinement.allow(Self.nearestFolder(to: folder)) }
    try confinement.allow("/dev/null")
    try confinement.begin()
  }

  private static var impossible: Diagnostic {
    Diagnostic(
      .warning,
      code: "cannot-confine",
      "this kernel has no Landlock: nothing confines what the run writes",
      remarks: [.help("boot with `lsm=landlock,...`, or confine the run by a container")]
    )
  }

  /// The folder in which a file is or will be; outputs are replaced there.
  private static func folder(around path: String) throws(IOFailure) -> String {
    if let real = try realPath(of: path) { return parent(of: real) }
    return try nearestFolder(to: parent(of: path))
  }

  /// The folder, or the one above it that is there: all below that may be made.
  private static func nearestFolder(to path: String) throws(IOFailure) -> String {
    var folder = path
    while !folder.utf8.elementsEqual(".".utf8) {
      if let real = try realPath(of: folder) { return real }
      folder = parent(of: folder)
    }
    return folder
  }

  /// The path without symbolic links; nil if there is no such file.
  private static func realPath(of path: String) throws(IOFailure) -> String? {
    do throws(IOFailure) {
      let real = try Directory.realPath(of: [UInt8](path: path).span)
      return String(path: real.span)
    } catch  where error.code == .missing {
      return nil
    }
  }

  /// The path without its last component: `.` of a name alone, `/` of the root.
  private static func parent(of path: String) -> String {
    var bytes = Array(path.utf8)
    let slash = UInt8(ascii: "/")
    while bytes.count > 1, bytes.last == slash { bytes.removeLast() }
    guard let end = bytes.lastIndex(of: slash) else { return "." }
    return end == 0 ? "/" : String(decoding: bytes[..<end], as: UTF8.self)
  }
}

extension Pipeline {
  /// The files and folders that its stages write.
  fileprivate var writtenPlaces: [String] {
    let claims =
      sources.flatMap(\.source.claims) + transforms.flatMap(\.transform.claims)
      + sinks.flatMap(\.sink.claims) + hooks.flatMap(\.hook.claims)
    return claims.lazy.filter { $0.access == .writes && !$0.place.isURL }.map(\.place)
  }
}
