/// Where a published index lies, and the URL that a web server shows it at.
///
/// Each value can be written into the configuration of every server between double quotes as it is:
/// others are refused where they are read.
struct ServedIndex {
  /// The published folder, without a slash at its end.
  var folder: String
  /// The name of the server.
  var host: String
  /// The port, if it is not that of the scheme.
  var port: Int?
  /// The path that the index begins at, with a slash at both ends.
  var prefix: String
  /// The bucket, where the index is in one.
  var bucket: String

  /// The prefix for a regular expression: of what it may hold, only a dot has a meaning there.
  var prefixPattern: String { prefix.escaping(UInt8(ascii: ".")) }
}

extension String {
  /// The text with a backslash before each of a byte.
  func escaping(_ byte: UInt8) -> String {
    String(decoding: utf8.flatMap { $0 == byte ? [UInt8(ascii: "\\"), $0] : [$0] }, as: UTF8.self)
  }
}

/// What all servers must know of an index.
enum ServedPages {
  /// How long pages may be used without a question: the delay of a new release.
  static let pageAge = "max-age=60"
  /// A file never changes under its name.
  static let fileAge = "public, max-age=31536000, immutable"
  /// What only the next run may believe: `larder/` holds it, and parts of pages besides.
  static let stateAge = "no-store"
  static let state = #"larder/[^/]+\.jsonl?$"#

  /// The types of pages by what their names end in after a dot; of legacy JSON, it is the whole name.
  static let types = [
    (ending: "html", type: "text/html; charset=utf-8"),
    (ending: "v1_json", type: "application/vnd.pypi.simple.v1+json"),
    (ending: "json", type: "application/json"),
    (ending: "jsonl", type: "application/x-ndjson"),
    (ending: "atom", type: "application/atom+xml"),
    (ending: "css", type: "text/css; charset=utf-8"),
    (ending: "js", type: "text/javascript; charset=utf-8"),
    (ending: "txt", type: "text/plain; charset=utf-8"),
  ]

  /// A row of a table of types for each.
  static func types(_ row: (_ ending: String, _ type: String) -> String) -> String {
    types.map(row).joined(separator: "\n")
  }

  /// The end of the name of a distribution, or of what accompanies one, in lower case.
  static let files =
    #"\.(?:whl|egg|exe|msi|rpm|dmg|zip|tgz|tbz2?|txz|tlz|tar(?:\.(?:gz|bz2|xz|zst|z|lz|lzma))?)"#
    + #"(?:\.(?:metadata|asc|sig|provenance|md5|sha256|sha512))?$"#

  /// `Accept` names the simple API in JSON.
  static let json = #"application/vnd\.pypi\.simple\.(?:v1|latest)\+json"#
  /// `Accept` refuses it.
  static let noJSON = json + #"\s*;\s*q=0(?:\.0*)?\s*(?:,|$)"#
  /// `Accept` gives it less than its full weight.
  static let lessJSON = json + #"\s*;\s*q=0"#
  /// `Accept` gives HTML its full weight.
  static let fullHTML =
    #"(?:text/html|application/vnd\.pypi\.simple\.(?:v1|latest)\+html)\s*(?:;\s*q=1(?:\.0*)?\s*)?(?:,|$)"#

  /// A name as people write it, with what may follow it in a path.
  ///
  /// Longer names are nobody's, and Apache stops after it has rewritten one 99 times.
  static let name = #"[0-9A-Za-z](?:[0-9A-Za-z._-]{0,150}[0-9A-Za-z])?(?:/[0-9A-Za-z._+!-]*)*"#
}
