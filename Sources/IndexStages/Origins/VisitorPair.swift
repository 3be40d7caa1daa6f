import IndexTransport

/// Two visitors of one page, so that it is read once.
struct VisitorPair<First: LinkVisitor, Second: LinkVisitor>: LinkVisitor {
  var first: First
  var second: Second

  init(_ first: First, _ second: Second) {
    self.first = first
    self.second = second
  }

  mutating func visit(base href: borrowing Span<UInt8>) {
    first.visit(base: href)
    second.visit(base: href)
  }

  mutating func visit(_ link: borrowing PageLink) {
    first.visit(link)
    second.visit(link)
  }
}
