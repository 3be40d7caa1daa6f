import Glibc
public import IndexPipeline
import IndexRendering
import IndexTransport
import StrictJSON

/// TEMP stub
public struct FilesystemSink: Sink {
  let path: String
  /// c
  public init(path: String, durable: Bool = true) { self.path = path }
  /// b
  public func begin(_ publication: Publication) async throws -> any SinkSession {
    unsafe mkdir(path, 0o777)
    return StubSession(path: path, directory: try Directory.open([UInt8](path: path).span))
  }
}
final class StubSession: SinkSession {
  let path: String
  let directory: Directory
  let isNull: Bool
  init(path: String, directory: consuming Directory) { self.path = path; self.directory = directory; isNull = unsafe getenv("NULLSINK") != nil }
  func write(_ batch: borrowing PageBatch) async throws {
    if isNull { return }
    let paths = batch.paths.span, content = batch.content.span
    var last: [UInt8] = []
    for page in batch.pages {
      let p = paths.extracting(page.path.lowerBound..<page.path.upperBound + 1)
      if page.continues { try directory.append(p, content.extracting(page.content)); continue }
      if let slash = p.lastIndex(of: 47, before: p.count) {
        if !last.span.elementsEqual(p.extracting(..<slash)) {
          last = Array(p.extracting(..<slash))
          var i = 0
          while let s = p.firstIndex(of: 47, from: i) {
            var d = Array(p.extracting(..<s)); d.append(0)
            do { try directory.makeFolder(d.span) } catch { if error.code != .exists { throw error } }
            i = s + 1
          }
        }
      }
      try directory.write(p, content.extracting(page.content))
    }
  }
  func commit() async throws {}
  func abandon() async {}
}
