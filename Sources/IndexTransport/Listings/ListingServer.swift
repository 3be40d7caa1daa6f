/// A program that lists folders as HTML.
public enum ListingServer: String, Sendable, CaseIterable {
  /// nginx with `autoindex`.
  case nginx
  /// nginx with the module fancyindex.
  case fancyindex
  /// Apache with mod_autoindex.
  case apache
  /// lighttpd with mod_dirlisting.
  case lighttpd
  /// Caddy with `file_server browse`.
  case caddy
  /// Python's `http.server`.
  case python
  /// webfs.
  case webfs
  /// mini_httpd.
  case miniHTTPD = "mini_httpd"
  /// h2o with `file.dirlisting`.
  case h2o
  /// `rclone serve http`.
  case rclone
  /// Twisted's `twistd web`.
  case twisted
  /// Ruby's WEBrick.
  case webrick
  /// Jetty.
  case jetty
  /// WsgiDAV.
  case wsgidav
  /// Microsoft's IIS.
  case iis
  /// JFrog Artifactory.
  case artifactory
  /// Sonatype Nexus.
  case nexus

  /// Whether the links to folders end with a slash.
  public var marksFolders: Bool { self != .miniHTTPD && self != .h2o }

  /// The server that writes such a link.
  ///
  /// Caddy's last link is its own; the others are rclone's too.
  init?(
    markedBy href: borrowing Span<UInt8>,
    _ text: borrowing Span<UInt8>,
    _ after: borrowing Span<UInt8>
  ) {
    if href.matches("?c=n&o=", at: 0) {
      self = .fancyindex
    } else if href.matches("?c=n;o=", at: 0) {
      self = .apache
    } else if href.contains(ignoringCase: "?sort=name") {
      self = .rclone
    } else if href.matches("https://caddyserver.com", at: 0) {
      self = .caddy
    } else if href.contains(ignoringCase: "bytesex.org/webfs") {
      self = .webfs
    } else if href.contains(ignoringCase: "acme.com/software/mini_httpd") {
      self = .miniHTTPD
    } else if href.contains(ignoringCase: "mar10/wsgidav") {
      self = .wsgidav
    } else if text.equals("[To Parent Directory]") {
      self = .iis
    } else if href.equals(".."), text.equals("Parent Directory"), after.count == 0 {
      self = .h2o
    } else {
      return nil
    }
  }

  /// The server that writes such a page.
  ///
  /// - Parameter marked: What its links say.
  init?(_ facts: PageFacts, marked: ListingServer?) {
    let title = facts.title.span
    let footer = facts.footer.span
    let heading = facts.heading.span
    let isIndex = title.matches("index of ", at: 0) || heading.matches("index of ", at: 0)
    if title.matches("directory: ", at: 0) {
      self = .jetty
    } else if title.matches("directory listing for ", at: 0) {
      self = footer.contains(ignoringCase: "]") ? .twisted : .python
    } else if isIndex, footer.contains(ignoringCase: "webrick/") {
      self = .webrick
    } else if isIndex, footer.contains(ignoringCase: "lighttpd/") {
      self = .lighttpd
    } else if isIndex, footer.contains(ignoringCase: "artifactory/") {
      self = .artifactory
    } else if isIndex, footer.contains(ignoringCase: " server at ") {
      self = .apache
    } else if let marked {
      self = marked
    } else if title.matches("index of /", at: 0), !title.ends(with: "/"),
      heading.matches("index of /", at: 0)
    {
      self = .nexus
    } else if isIndex {
      self = .nginx
    } else {
      return nil
    }
  }
}
