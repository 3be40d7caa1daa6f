import IndexPipeline
import IndexTransport
import StrictJSON
import Synchronization

/// What an archive is to be the difference to: the manifest of an earlier one.
struct DeltaBase: Sendable {
  private static let recordsPath: StaticString = "larder/records.jsonl"

  let manifest: Manifest
  /// The SHA-256 of the manifest.
  let digest: String
  /// The bytes of the list of records, if they are there too.
  let records: [UInt8]

  /// Reads an archive of an index, or a manifest.
  ///
  /// - Throws: `StageFailure` if it is neither, or damaged.
  init(_ path: String) throws(StageFailure) {
    var pages: [[UInt8]: [UInt8]] = [:]
    do {
      let file = try InputFile.open(path)
      if try file.read(at: 0..<1) == [UInt8(ascii: "{")] {
        pages[Array(Manifest.path.utf8)] = try file.rest()
      } else {
        pages = try Self.pages(of: file)
      }
      let text = pages.shortest(endingIn: "larder/manifest.jsonl") ?? []
      manifest = try Manifest(text)
      digest = try Digest.of(text.span).hexadecimal
    } catch {
      let reason = (error as? Manifest.Problem).map { "its manifest: \($0.message)" } ?? "\(error)"
      throw StageFailure(base: path, reason)
    }
    records = pages.shortest(endingIn: Self.recordsPath) ?? []
    if !manifest.isIntact {
      throw StageFailure(base: path, "its manifest is not as it was written: its digest is another")
    }
  }

  private static func pages(of archive: borrowing InputFile) throws -> [[UInt8]: [UInt8]] {
    var pages: [[UInt8]: [UInt8]] = [:]
    try ArchiveFiles.forEach(
      in: archive,
      where: { path in
        var bytes: [UInt8] = []
        bytes.append(contentsOf: path)
        return bytes.hasSuffix("larder/manifest.jsonl") || bytes.hasSuffix(recordsPath)
      },
      { path, content in
        pages[path] = content
        return true
      }
    )
    return pages
  }

  /// The pages that the earlier archive has, all of which are compared.
  ///
  /// - Throws: `StageFailure` if the manifest names what is no page.
  func inventory(of path: String) throws(StageFailure) -> Inventory {
    do throws(Manifest.Problem) {
      let records = records
      let inventory = Inventory(manifest) { records }
      var opened = try inventory.unfinished(trustsPages: true, leftovers: [])
      if records.isEmpty { opened.readRecords = nil }
      return opened
    } catch {
      throw StageFailure(base: path, "its manifest: \(error.message)")
    }
  }
}

/// The base of a sink, which is read once in a run.
final class DeltaBaseMemory: Sendable {
  private let base = Mutex<DeltaBase?>(nil)

  /// Forgets the run before.
  func forget() { base.withLock { $0 = nil } }

  /// The base.
  ///
  /// - Throws: `StageFailure` if it cannot be read.
  func read(_ path: String) throws(StageFailure) -> DeltaBase {
    if let known = base.withLock({ $0 }) { return known }
    let read = try DeltaBase(path)
    base.withLock { $0 = read }
    return read
  }
}

extension [[UInt8]: [UInt8]] {
  /// The content of the file that lies least deep of those whose path ends so.
  fileprivate func shortest(endingIn suffix: StaticString) -> [UInt8]? {
    let paths = keys.filter { $0.hasSuffix(suffix) }
    return paths.min { $0.count < $1.count }.flatMap { self[$0] }
  }
}
