import IndexPipeline
import IndexRendering
import IndexTransport
import StrictJSON
import Synchronization

/// What an archive that is only a difference will say of itself.
final class DeltaDraft: Sendable {
  private let note: Mutex<DeltaNote>

  /// - Parameter digest: That of the manifest that it applies to.
  init(since digest: String) { note = Mutex(DeltaNote(from: digest, to: "", removed: [])) }

  /// Looks whether the new manifest is among pages.
  ///
  /// - Throws: `StageFailure` if there is no library that makes digests.
  func look(at batch: borrowing PageBatch) throws(StageFailure) {
    for page in batch.pages where page.role == .state {
      let path = batch.paths.span.extracting(page.path)
      guard path.elementsEqual("larder/manifest.jsonl") else { continue }
      do throws(LibraryFailure) {
        let digest = try Digest.of(batch.content.span.extracting(page.content)).hexadecimal
        note.withLock { $0.to = digest }
      } catch {
        throw StageFailure.compressing("the archive", error)
      }
    }
  }

  /// Takes the pages that go.
  func remove(_ paths: [[UInt8]]) { note.withLock { $0.removed = paths } }

  /// The page that says so.
  func page() -> PageBatch {
    var batch = PageBatch()
    batch.paths.append(utf8: DeltaNote.path)
    let bytes = note.withLock(\.bytes)
    batch.content.append(bytes.span)
    batch.endPage(.json, .state)
    return batch
  }
}
