import IndexTransport

/// A URL is in normal form: what is made of it is itself.
enum URLProperties {
  private static let bases = [
    "https://index.example/simple/demo/?page=2", "http://[::1]:8080/a/b", "https://index.example",
  ]

  static func check(_ text: [UInt8]) {
    if let url = try? HTTPURL(String(decoding: text, as: UTF8.self)) { check(url) }
    for base in bases {
      guard let base = try? HTTPURL(base) else { fatalError("\(base) is no URL") }
      var appended: [UInt8] = [0x78]
      let isResolved = base.appendResolved(text.span, to: &appended)
      guard let url = base.resolving(text.span) else {
        require(!isResolved && appended == [0x78], "a reference is appended that is none")
        continue
      }
      require(isResolved && appended.dropFirst().elementsEqual(url.bytes), "two ways differ")
      require(url.login == nil, "credentials of a page are kept")
      check(url)
      require(base.resolving(url.bytes.span) == url, "\(url) is another URL as a reference")
    }
  }

  private static func check(_ url: HTTPURL) {
    let again = try? HTTPURL(url.text)
    require(again?.bytes == url.bytes, "\(url) is another URL: \(again as Any)")
    require(again?.login == nil, "\(url) holds credentials")
    let isPlain = url.bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x23 }
    require(isPlain, "\(url) holds a bad byte")
    require(url.text.utf8.starts(with: url.isSecure ? "https://".utf8 : "http://".utf8), "\(url)")
    let origin = "\(url.origin)"
    require(origin == "\(again?.origin as HTTPOrigin?, default: "")", "\(url) has two origins")
    require(!url.host.isEmpty && origin.utf8.count <= 8 + 255 + 6, "\(url) has no legal host")
    require(!origin.utf8.contains(0x40), "\(url) holds a user")
    var parts = Array(origin.utf8) + url.path
    if let query = url.query { parts += [0x3F] + query }
    require(parts == url.bytes, "\(url) is not its parts")
    require(url.path.first == 0x2F, "the path of \(url) begins with no slash")
    let segments = url.path.split(separator: 0x2F)
    let hasDots = segments.contains { $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8) }
    require(!hasDots, "\(url) has dot segments")
  }
}
