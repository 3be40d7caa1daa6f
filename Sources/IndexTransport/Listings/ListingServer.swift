/// A program that lists folders as HTML.
public enum ListingServer: String, Sendable, CaseIterable {
  case nginx, fancyindex, apache, lighttpd, caddy, python, webfs
  case miniHTTPD = "mini_httpd"
  case h2o, rclone, twisted, webrick, jetty, wsgidav, iis, artifactory, nexus

  /// Whether the links to folders end with a slash.
  public var marksFolders: Bool { self != .miniHTTPD && self != .h2o }
}
