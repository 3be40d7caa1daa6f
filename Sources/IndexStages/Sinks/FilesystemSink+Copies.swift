import IndexPipeline
import IndexRendering
import IndexTransport

extension FilesystemSink {
  /// Which copies there are in the output folder, and which are made.
  ///
  /// - Throws: `StageFailure` when the folder cannot be read.
  func copies(in location: borrowing OutputLocation) throws(StageFailure) -> PageCopies {
    do throws(IOFailure) {
      guard try location.present() != nil else {
        return PageCopies(made: codings, over: PageCopies.Found())
      }
      let index = try location.parent.folder(location.name.span)
      return PageCopies(made: codings, over: try PageCopies.Found(in: index))
    } catch {
      throw StageFailure(publishingTo: location.path, error)
    }
  }

  /// What makes the copies; nil if none are asked for.
  ///
  /// - Throws: `StageFailure` if a library is missing.
  func makeCompressors() throws(StageFailure) -> PageCompressors? {
    if codings.isEmpty { return nil }
    do throws(LibraryFailure) { return try PageCompressors(codings) } catch {
      throw StageFailure(precompressing: path, error)
    }
  }
}

extension StageFailure {
  /// Creates the failure to compress pages.
  init(precompressing path: String, _ failure: LibraryFailure) {
    self.init(
      .publish,
      code: "missing-library",
      "cannot compress the pages of \(path): \(failure)",
      notes: [Self.unchanged],
      help: "install libdeflate0 and libzstd1, or leave out \"precompress\""
    )
  }
}

extension Settings {
  /// Reads in which codings pages are compressed, each once.
  mutating func codings() -> [ContentCoding] {
    let asked = choices(
      "precompress",
      "The compressed copies that each page of 1 KiB and more has beside it, for a server that sends "
        + "them as they are: `gzip` for `index.html.gz`, `zstd` for `index.html.zst`.",
      default: [ContentCoding]()
    )
    return ContentCoding.allCases.filter { asked.contains($0) }
  }
}
