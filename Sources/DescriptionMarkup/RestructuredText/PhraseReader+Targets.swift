internal import StrictJSON

extension PhraseReader {
  /// Reads `|name|`, which something else stands for.
  mutating func readSubstitution(into marked: inout MarkedText) -> Bool {
    guard !isSubstituting, mayBegin(at: index, count: 1),
      let end = end(UInt8(ascii: "|"), from: index + 1, isOpen: true, limit: 200)
    else { return false }
    let name = ReferenceTargets.name(bytes[index + 1..<end])
    guard let substitution = targets.substitutions[name] else { return false }
    writePending(upTo: index, into: &marked)
    var after = end + 1
    while after < bytes.count, after < end + 3, bytes[after] == UInt8(ascii: "_") { after += 1 }
    let url = after == end + 1 ? nil : url(of: name, isAnonymous: after == end + 3)
    skip(to: after)
    if let url { marked.open(.link(marked.keep(url.span))) }
    switch substitution {
    case .image(let image): Self.append(image, to: &marked)
    case .text(let text): substitute(text, into: &marked)
    }
    if url != nil { marked.close() }
    return true
  }

  private mutating func substitute(_ text: [UInt8], into marked: inout MarkedText) {
    substituted += text.count
    if substituted > Self.maximumSubstituted { return marked.append("\u{2026}") }
    let (bytes, index, pending, endless) = (self.bytes, self.index, self.pending, self.endless)
    isSubstituting = true
    read(text, into: &marked)
    isSubstituting = false
    (self.bytes, self.index, self.pending, self.endless) = (bytes, index, pending, endless)
  }

  /// Writes an image, and the link around it.
  static func append(_ image: ImageDirective, to marked: inout MarkedText) {
    if let target = image.target { marked.open(.link(marked.keep(URLText.escaped(target).span))) }
    marked.open(.image(marked.keep(URLText.escaped(image.url).span)))
    marked.append(image.alt.span)
    marked.close()
    if image.target != nil { marked.close() }
  }

  // MARK: Targets

  /// The URL of a name; that of the heading of this name if no URL was given for it.
  mutating func url(of name: [UInt8], isAnonymous: Bool) -> [UInt8]? {
    if isAnonymous {
      anonymousCount += 1
      let urls = targets.anonymous
      return anonymousCount <= urls.count ? URLText.escaped(urls[anonymousCount - 1]) : nil
    }
    var name = name
    // A name may stand for another one, but not for ever.
    for _ in 0..<4 {
      guard let url = targets.urls[name] else { break }
      let isName = url.last == UInt8(ascii: "_") && !url.contains(UInt8(ascii: "/"))
      if !isName { return URLText.escaped(url) }
      name = ReferenceTargets.name(url.dropLast().filter { $0 != UInt8(ascii: "`") })
    }
    guard targets.places.contains(name) else { return nil }
    return [UInt8(ascii: "#")] + HeadingNames.name(of: name.span)
  }
}
