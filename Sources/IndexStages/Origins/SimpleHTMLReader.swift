import IndexModel
import IndexTransport
import StrictJSON

/// Takes the links of a page of the simple API in its HTML form, or of a flat page of files.
///
/// Source: PEP 503, 592, 658, 714 and 740; `data-size` and `data-upload-time` as uv reads them. A
/// link that names no distribution and no project leads somewhere else, and is passed over.
struct SimpleHTMLReader: LinkVisitor {
  private let page: SimplePage
  private let isRoot: Bool
  private var base: HTTPURL
  /// The folder that the page is in.
  private let parent: ArraySlice<UInt8>
  private var file = RecordDraft()
  private var url: [UInt8] = []

  /// - Parameter isRoot: Whether links are projects, or else files.
  init(_ page: SimplePage, base: HTTPURL, isRoot: Bool) {
    self.page = page
    self.base = base
    self.isRoot = isRoot
    let path = base.bytes.prefix { $0 != UInt8(ascii: "?") }
    parent = path[...(path.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex)]
  }

  mutating func visit(base reference: borrowing Span<UInt8>) {
    if let url = base.resolving(reference) { base = url }
  }

  mutating func visit(_ link: borrowing PageLink) {
    url.removeAll(keepingCapacity: true)
    guard base.appendResolved(link.href, to: &url) else { return }
    if isRoot { visitProject(link) } else { visitFile(link) }
  }

  /// Takes a link whose text is a project, and that leads to a folder of its name in this one.
  private func visitProject(_ link: borrowing PageLink) {
    let name = Array(link.text).trimmed
    var normalized: [UInt8] = []
    ProjectName.appendNormalized(name.span, to: &normalized)
    var path = url[...].prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    if path.ends(with: "/index.html") { path.removeLast("index.html".utf8.count) }
    if path.last == UInt8(ascii: "/") { path.removeLast() }
    let last = path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? path.startIndex
    var folder: [UInt8] = []
    ProjectName.appendNormalized(Array(path[last...]).span, to: &folder)
    guard !normalized.isEmpty, normalized == folder, path[..<last].elementsEqual(parent) else {
      return
    }
    page.add(project: name, at: url)
  }

  private mutating func visitFile(_ link: borrowing PageLink) {
    file.reset()
    let path = url.prefix { $0 != UInt8(ascii: "?") }
    let start = path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? path.startIndex
    file.filename.append(percentDecoding: path[start...])
    guard DistributionFilename.isCustomary(file.filename.span) else { return }
    swap(&file.url, &url)
    addDigest(link.href)
    takeAttributes(link)
    page.add(file, on: base)
  }

  /// Takes the digest of a fragment, `#sha256=digits`, whatever follows a `&`.
  private mutating func addDigest(_ href: borrowing Span<UInt8>) {
    guard let hash = href.lastIndex(of: UInt8(ascii: "#"), before: href.count) else { return }
    let end = href.firstIndex(of: UInt8(ascii: "&"), from: hash) ?? href.count
    guard let equals = href.firstIndex(of: UInt8(ascii: "="), from: hash), equals < end else {
      return
    }
    let name = href.extracting((hash + 1)..<equals)
    if name.elementsEqual("egg") || name.elementsEqual("subdirectory") { return }
    file.addDigest(name, href.extracting((equals + 1)..<end))
  }

  private mutating func takeAttributes(_ link: borrowing PageLink) {
    var isNewerName = false
    link.forEachAttribute { name, value in
      if name.elementsEqual("data-requires-python") {
        file.requiresPython.append(contentsOf: value)
      } else if name.elementsEqual("data-core-metadata") {
        // The newer name counts where both are given (PEP 714).
        file.coreMetadata = Array(value)
        isNewerName = true
      } else if name.elementsEqual("data-dist-info-metadata") {
        if !isNewerName { file.coreMetadata.append(contentsOf: value) }
      } else if name.elementsEqual("data-yanked") {
        file.isYanked = true
        file.yankedReason.append(contentsOf: value)
      } else if name.elementsEqual("data-gpg-sig") {
        file.hasSignature = value.elementsEqual("true")
      } else if name.elementsEqual("data-provenance") {
        if !value.isEmpty { _ = base.appendResolved(value, to: &file.provenance) }
      } else if name.elementsEqual("data-upload-time") {
        file.uploadTime.append(contentsOf: value)
      } else if name.elementsEqual("data-size") {
        file.size = Int(String(decoding: value))
      }
    }
  }
}

extension ArraySlice<UInt8> {
  fileprivate func ends(with text: StaticString) -> Bool {
    count >= text.utf8CodeUnitCount
      && Array(suffix(text.utf8CodeUnitCount)).span.elementsEqual(text)
  }
}

extension [UInt8] {
  /// Appends text with its percent-escapes decoded; what is no escape stays as it is.
  mutating func append(percentDecoding text: ArraySlice<UInt8>) {
    if text.span.offset(of: UInt8(ascii: "%")) == text.count {
      append(contentsOf: text)
      return
    }
    var index = text.startIndex
    while index < text.endIndex {
      if text[index] == UInt8(ascii: "%"), index + 2 < text.endIndex,
        let high = text[index + 1].hexValue, let low = text[index + 2].hexValue
      {
        append(high << 4 | low)
        index += 3
      } else {
        append(text[index])
        index += 1
      }
    }
  }

  /// The text without white space around it.
  fileprivate var trimmed: [UInt8] {
    let start = drop { $0 <= 0x20 }
    return start.lastIndex { $0 > 0x20 }.map { Array(start[...$0]) } ?? []
  }
}

extension UInt8 {
  fileprivate var hexValue: UInt8? {
    switch self {
    case 0x30...0x39: self - 0x30
    case 0x41...0x46: self - 0x41 + 10
    case 0x61...0x66: self - 0x61 + 10
    default: nil
    }
  }
}
