import IndexPipeline
import IndexRendering
import IndexTransport

/// Which compressed copies lie beside the pages of a folder.
struct PageCopies: Sendable {
  /// The codings that pages are compressed in.
  let made: [ContentCoding]
  /// The codings of all copies that are Larder's: those too that are not made any more.
  let known: [ContentCoding]
  /// The codings of copies that are as their pages are, and stay with them.
  let kept: [ContentCoding]

  /// No copies, and none there that are Larder's.
  static let none = PageCopies(made: [], over: Found())

  /// What an index says of its copies.
  struct Found: Sendable {
    /// Their codings.
    var codings: [ContentCoding] = []
    /// Whether they may not be as their pages are, because a publication died.
    var isUncertain = false
  }

  /// - Parameters:
  ///   - made: The codings that pages are compressed in.
  ///   - found: What there is already.
  init(made: [ContentCoding], over found: Found) {
    self.made = made
    known = ContentCoding.allCases.filter { made.contains($0) || found.codings.contains($0) }
    kept = found.isUncertain ? [] : made.filter { found.codings.contains($0) }
  }

  /// The copy that a path names; nil if it is none of Larder's.
  func copy(at path: [UInt8]) -> (coding: ContentCoding, page: [UInt8])? {
    guard !known.isEmpty, let copy = ContentCoding.copy(at: path), known.contains(copy.coding)
    else { return nil }
    return copy
  }

  /// Whether there may be copies of a page.
  func concern(_ page: [UInt8]) -> Bool {
    !known.isEmpty && ContentCoding.isMeant(forPageAt: page.span)
  }

  /// Whether the copies of a page are there that are to be, and none besides.
  ///
  /// - Parameters:
  ///   - name: The name of the page, with a NUL byte.
  ///   - content: Its bytes.
  /// - Throws: `IOFailure` when a copy cannot be read.
  func areRight(
    for name: [UInt8],
    _ content: [UInt8],
    in folder: borrowing Directory
  ) throws(IOFailure) -> Bool {
    let isCompressed = ContentCoding.pageSizes.contains(content.count)
    for coding in known {
      let copy = try Self.content(of: name.copy(in: coding), in: folder)
      guard isCompressed, made.contains(coding) else {
        if copy == nil { continue }
        return false
      }
      // Where the library is missing, whoever makes copies fails for that.
      guard let copy, (try? coding.expands(copy, to: content)) == true else { return false }
    }
    return true
  }

  /// Removes copies of a page.
  ///
  /// - Parameter name: The name of the page, with a NUL byte.
  /// - Throws: `IOFailure` when one is there and cannot be removed.
  func remove(of name: [UInt8], in folder: borrowing Directory) throws(IOFailure) {
    for coding in known {
      do throws(IOFailure) {
        try folder.removeFile(name.copy(in: coding).span)
      } catch  where error.code == .missing {
        continue
      }
    }
  }

  /// The bytes of a copy; none if it is no file, and nil if there is none.
  private static func content(
    of name: [UInt8],
    in folder: borrowing Directory
  ) throws(IOFailure) -> [UInt8]? {
    guard let status = try folder.status(of: name.span) else { return nil }
    return status.kind == .file ? try folder.input(name.span).rest() : []
  }
}

extension PageCopies.Found {
  /// The most bytes that are read to find the first line of a manifest.
  private static let headSize = 1 << 16

  /// Looks what an index says of its copies.
  ///
  /// - Throws: `IOFailure` when its manifest is there and cannot be read.
  init(in index: borrowing Directory) throws(IOFailure) {
    var head: [UInt8] = []
    do throws(IOFailure) {
      let file = try index.input([UInt8](path: Manifest.path).span)
      while head.count < Self.headSize, try file.read(into: &head, upTo: Self.headSize) > 0 {}
      codings = Manifest.codings(in: head)
    } catch  where error.code == .missing || error.code == .notFolder {
      codings = []
    }
    do throws(IOFailure) {
      let intent = try index.input([UInt8](path: PublicationIntent.page).span).rest()
      codings += PublicationIntent(reading: intent).codings
      isUncertain = true
    } catch  where error.code == .missing || error.code == .notFolder {}
  }
}

extension ContentCoding {
  /// What compresses so.
  var method: CompressionMethod {
    switch self {
    case .gzip: .gzip
    case .zstd: .zstd
    }
  }

  /// Whether a copy is that of a page.
  ///
  /// - Throws: `LibraryFailure` if the library is missing.
  func expands(_ copy: [UInt8], to page: [UInt8]) throws(LibraryFailure) -> Bool {
    try method.expands(copy.span, to: page.span)
  }
}

extension [UInt8] {
  /// The name of the copy of a page; both have a NUL byte.
  func copy(in coding: ContentCoding) -> [UInt8] { dropLast() + coding.ending + [0] }
}
