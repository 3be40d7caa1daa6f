/// Where a listing is, and which links lead to what is directly in it.
struct ListingFolder: Sendable {
  /// Where a link leads.
  enum Target: Equatable {
    /// To a file or a folder in this one.
    case child(name: [UInt8], hasSlash: Bool, fragment: [UInt8]?)
    /// Elsewhere.
    case foreign
    /// Nowhere that can be read.
    case unusable
  }

  /// Scheme, host and port, such as `https://index.example:8080`.
  private let origin: [UInt8]
  /// The decoded names of the folders down to this one.
  private let folders: [[UInt8]]
  /// The path that relative links start from, with a slash at its end; nil on another origin.
  private var base: [UInt8]?

  /// - Parameters:
  ///   - origin: The origin of the page, without a slash at its end.
  ///   - path: Its path; what follows the last slash is no folder.
  init(origin: [UInt8], path: [UInt8]) {
    self.origin = origin
    let folder = path.upToLastSlash()
    folders = names(of: folder)?.dropLast() ?? []
    base = folder
  }

  /// Relative links start from this link from now on.
  mutating func use(base href: [UInt8]) {
    let link = href.withoutSpace().prefix { $0 != question && $0 != hash }
    base = path(of: link)?.upToLastSlash()
  }

  /// Where a link leads.
  func target(of href: [UInt8]) -> Target {
    var link = href.withoutSpace()
    var fragment: [UInt8]?
    if let mark = link.firstIndex(of: hash) {
      fragment = Array(link[(mark + 1)...])
      link = link[..<mark]
    }
    if link.isEmpty || link.contains(question) { return .foreign }
    if let scheme = link.scheme(), !scheme.isWeb || !link.hasAuthority(at: scheme.count + 1) {
      return .unusable
    }
    guard let path = path(of: link) else { return .foreign }
    guard var names = names(of: path) else { return .unusable }
    let hasSlash = names.last?.isEmpty == true
    if hasSlash { names.removeLast() }
    guard names.count == folders.count + 1, names.starts(with: folders),
      let name = names.last, !name.isEmpty
    else { return .foreign }
    // Only a percent-encoded one can be such a name: dots were followed before.
    if name == [dot] || name == [dot, dot] || name.contains(slash) || name.contains(0) {
      return .unusable
    }
    return .child(name: name, hasSlash: hasSlash, fragment: fragment)
  }

  /// The absolute path of a link, its dots still in it; nil on another origin.
  private func path(of link: ArraySlice<UInt8>) -> [UInt8]? {
    if link.scheme() != nil { return link.path(after: origin[...]) }
    if link.hasAuthority(at: 0) { return link.path(after: origin.drop { $0 != slash }) }
    if link.first == slash { return Array(link) }
    return base.map { $0 + link }
  }
}

private let slash = UInt8(ascii: "/")
private let dot = UInt8(ascii: ".")
private let hash = UInt8(ascii: "#")
private let question = UInt8(ascii: "?")

/// The decoded names of an absolute path, dots followed; the last is empty after a slash.
///
/// - Returns: nil where a `%` has no two digits after it.
private func names(of path: [UInt8]) -> [[UInt8]]? {
  var names: [[UInt8]] = []
  let segments = path.dropFirst().split(separator: slash, omittingEmptySubsequences: false)
  for (index, segment) in segments.enumerated() {
    guard segment.elementsEqual([dot]) || segment.elementsEqual([dot, dot]) else {
      guard let name = segment.percentDecoded() else { return nil }
      names.append(name)
      continue
    }
    if segment.count == 2, !names.isEmpty { names.removeLast() }
    if index == segments.count - 1 { names.append([]) }
  }
  return names
}

extension [UInt8] {
  fileprivate func upToLastSlash() -> [UInt8] {
    lastIndex(of: slash).map { Array(self[...$0]) } ?? [slash]
  }

  /// Without the space that browsers ignore around a link.
  fileprivate func withoutSpace() -> ArraySlice<UInt8> {
    let rest = drop { $0 <= 0x20 }
    return rest.lastIndex { $0 > 0x20 }.map { rest[...$0] } ?? []
  }
}

extension ArraySlice<UInt8> {
  /// The scheme of an absolute link (RFC 3986, 3.1).
  fileprivate func scheme() -> ArraySlice<UInt8>? {
    guard let first, first.isLetter else { return nil }
    let rest = drop {
      $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") || $0 == dot
    }
    return rest.first == UInt8(ascii: ":") ? self[..<rest.startIndex] : nil
  }

  fileprivate var isWeb: Bool {
    let length = count
    return length >= 4 && span.matches(length == 4 ? "http" : "https", at: 0) && length <= 5
  }

  fileprivate func hasAuthority(at offset: Int) -> Bool {
    let rest = dropFirst(offset).prefix(2)
    return rest.count == 2 && rest.allSatisfy { $0 == slash }
  }

  /// The path of a link that begins with `origin`, in any case; nil if it does not.
  fileprivate func path(after origin: ArraySlice<UInt8>) -> [UInt8]? {
    guard count >= origin.count,
      zip(self, origin).allSatisfy({ $0.lowercase == $1.lowercase })
    else { return nil }
    let path = dropFirst(origin.count)
    if path.isEmpty { return [slash] }
    return path.first == slash ? Array(path) : nil
  }

  /// The bytes that a percent-encoded text stands for (RFC 3986, 2.1).
  fileprivate func percentDecoded() -> [UInt8]? {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(count)
    var index = startIndex
    while index < endIndex {
      if self[index] != UInt8(ascii: "%") {
        decoded.append(self[index])
        index += 1
        continue
      }
      guard index + 2 < endIndex, let high = self[index + 1].hexDigit,
        let low = self[index + 2].hexDigit
      else { return nil }
      decoded.append(high << 4 | low)
      index += 3
    }
    return decoded
  }
}
