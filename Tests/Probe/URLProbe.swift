import IndexTransport

/// What the differential tests ask of URLs.
enum URLProbe {
  /// The URL that a reference means at a base, `none`, or `base` if there is no such base.
  static func resolve(_ arguments: [[UInt8]]) -> String {
    guard arguments.count == 2 else { return "usage: resolve BASE REFERENCE" }
    let reference = arguments[1]
    do {
      let base = try HTTPURL(String(decoding: arguments[0], as: UTF8.self))
      guard let url = base.resolving(reference.span) else { return "none" }
      var appended: [UInt8] = []
      guard base.appendResolved(reference.span, to: &appended), appended == url.bytes else {
        return "differs"
      }
      let again = try HTTPURL(url.text)
      return again == url ? url.text : "unstable"
    } catch {
      return "base"
    }
  }

  /// The seconds of a date, or `none`; and the date of the seconds.
  static func date(_ arguments: [[UInt8]]) -> String {
    guard let text = arguments.first else { return "usage: date TEXT" }
    guard let date = HTTPDate(text.span) else { return "none" }
    return "\(date.seconds)\t\(date)"
  }
}
