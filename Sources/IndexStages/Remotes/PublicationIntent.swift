import IndexPipeline
import IndexRendering
import StrictJSON

/// What a publication says of itself at a place, as a page beside the index.
///
/// Two runs that publish to one place find each other by it, and a run that follows one that died
/// learns from it what may not be trusted. Where nothing is under way, it may stay and say so: the
/// next run replaces exactly that, and so is sure that no other was there in between.
struct PublicationIntent: Sendable, Equatable {
  /// Where it is in the tree.
  static let page = "larder/intent.json"
  static let path = Array(page.utf8)

  /// How far the publication has come.
  enum Stage: String, Sendable {
    /// Pages may be those of before, or new.
    case writing
    /// All pages are new; some may be left over.
    case removing
    /// It is over.
    case over
  }

  /// What tells the run from all others.
  var run: String
  var stage: Stage = .writing
  /// When it began, in seconds since 1970.
  var started: Int64
  /// When nobody need believe any more that the run still lives, in seconds since 1970.
  var until: Int64
  /// When the place was last seen to refuse what a condition forbids, in seconds since 1970; 0 is
  /// never.
  var honoured: Int64 = 0
  /// The manifest that it replaces, if it is over as soon as another one is there.
  var replaces: PageDigest?
  /// The pages that may be left over.
  var leftovers: [[UInt8]] = []
  /// In which codings compressed copies of pages may be there.
  var codings: [ContentCoding] = []

  /// Whether it is of the run that is called so.
  func isOfRun(_ name: String?) -> Bool { name.map { run.utf8.elementsEqual($0.utf8) } ?? false }

  /// Whether it is over at a place that has such a manifest.
  func isOver(with manifest: [UInt8]?) -> Bool {
    guard stage == .writing, let replaces, let manifest else { return stage == .over }
    return PageDigest(manifest.span) != replaces
  }

  /// The bytes of the page.
  var bytes: [UInt8] {
    var buffer = ByteBuffer()
    buffer.append("{\"version\":1,\"run\":")
    buffer.append(json: run)
    buffer.append(",\"stage\":")
    buffer.append(json: stage.rawValue)
    buffer.append(",\"started\":")
    buffer.append(decimal: Int(started))
    buffer.append(",\"until\":")
    buffer.append(decimal: Int(until))
    buffer.append(",\"honoured\":")
    buffer.append(decimal: Int(honoured))
    if let replaces {
      buffer.append(",\"replaces\":")
      buffer.append(json: replaces.text)
    }
    buffer.append(",\"leftovers\":[")
    for (number, path) in leftovers.enumerated() {
      if number > 0 { buffer.append(",") }
      buffer.append(json: path.span)
    }
    buffer.append("]")
    if !codings.isEmpty {
      buffer.append(",\"codings\":")
      ContentCoding.append(codings, to: &buffer)
    }
    buffer.append("}\n")
    return Array(buffer.span)
  }
}

extension PublicationIntent {
  /// Reads what another run left.
  ///
  /// One that cannot be read belongs to a run of which nothing is known: that may be over, and its
  /// pages cannot be trusted.
  init(reading bytes: [UInt8]) {
    self.init(run: "", started: 0, until: 0)
    do throws(JSONError) {
      try JSONCursor.validateUTF8(bytes.span)
      try read(bytes.span)
    } catch {
      self = PublicationIntent(run: "", started: 0, until: 0, codings: ContentCoding.allCases)
    }
  }

  private mutating func read(_ text: borrowing Span<UInt8>) throws(JSONError) {
    var cursor = JSONCursor(copy text, maximumDepth: 4)
    try cursor.beginObject()
    while let key = try cursor.nextKey() {
      if cursor.isEqual(key, to: "run") {
        let word = try cursor.string()
        run = String(decoding: cursor.bytes(of: word))
      } else if cursor.isEqual(key, to: "stage") {
        let word = try cursor.string()
        stage = Stage(rawValue: String(decoding: cursor.bytes(of: word))) ?? .writing
      } else if cursor.isEqual(key, to: "started") {
        let number = try cursor.number()
        started = Int64(cursor.integer(number) ?? 0)
      } else if cursor.isEqual(key, to: "until") {
        let number = try cursor.number()
        until = Int64(cursor.integer(number) ?? 0)
      } else if cursor.isEqual(key, to: "honoured") {
        let number = try cursor.number()
        honoured = Int64(cursor.integer(number) ?? 0)
      } else if cursor.isEqual(key, to: "replaces") {
        let word = try cursor.string()
        replaces = PageDigest(text: String(decoding: cursor.bytes(of: word)))
      } else if cursor.isEqual(key, to: "leftovers") {
        try readLeftovers(&cursor)
      } else if cursor.isEqual(key, to: "codings") {
        codings = try ContentCoding.list(&cursor)
      } else {
        try cursor.skipValue()
      }
    }
    try cursor.finish()
  }

  private mutating func readLeftovers(_ cursor: inout JSONCursor) throws(JSONError) {
    try cursor.beginArray()
    while try cursor.nextElement() {
      var path: [UInt8] = []
      let text = try cursor.string()
      cursor.append(text, to: &path)
      leftovers.append(path)
    }
  }
}
