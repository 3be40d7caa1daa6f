import ArgumentParser

/// What can serve an index, and takes a configuration for that.
enum WebServer: String, ExpressibleByArgument, CaseIterable {
  case nginx, apache, caddy
  case cloudFront = "s3-cloudfront"
  case pages = "github-pages"

  /// What must be known of an index to serve it.
  var facts: [ServedFact] {
    switch self {
    case .nginx, .apache, .caddy: [.folder, .host, .port, .prefix]
    case .cloudFront: [.bucket, .prefix]
    case .pages: [.folder]
    }
  }

  /// The configuration, ending in a line feed.
  func configuration(of index: ServedIndex) -> String {
    switch self {
    case .nginx: NginxConfiguration.text(of: index)
    case .apache: ApacheConfiguration.text(of: index)
    case .caddy: CaddyConfiguration.text(of: index)
    case .cloudFront: CloudFrontTemplate.text(of: index)
    case .pages: PagesWorkflow.text(of: index)
    }
  }
}
