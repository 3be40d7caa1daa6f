import StrictJSON

/// Ours: the testing library has one too.
typealias SourceLocation = StrictJSON.SourceLocation

/// The first mistake that a cursor finds in a text, or nil for a well-formed one.
func mistakeOfCursor(in text: [UInt8], maximumDepth: Int = 64) -> JSONError? {
  do {
    try JSONCursor.validateUTF8(text.span)
    var cursor = JSONCursor(text.span, maximumDepth: maximumDepth)
    try cursor.skipValue()
    try cursor.finish()
    return nil
  } catch {
    return error
  }
}

/// The first mistake that the tree reader finds in a text, or nil for a well-formed one.
func mistakeOfDocument(in text: [UInt8], maximumDepth: Int = 64) -> JSONError? {
  do {
    _ = try JSONDocument(parsing: text, maximumDepth: maximumDepth)
    return nil
  } catch {
    return error
  }
}

/// Whether both readers say the same of a text, duplicate keys aside: the cursor accepts them.
func readersAgree(on text: [UInt8]) -> Bool {
  let document = mistakeOfDocument(in: text)
  if case .duplicateKey = document?.code { return true }
  return mistakeOfCursor(in: text) == document
}

/// A text with every construct of the grammar.
let sample = #"""
  {"filename": "a-1.0.tar.gz", "hash": "sha256=00ff", "upload_timestamp": 1079304487,
   "requires_dist": ["b>=1 ; extra == \"x\"", "\u00e9\ud83d\ude00\n\/", "naïve ✓ 😀"],
   "yanked": false, "gpg": true, "none": null, "empty": [{}, [], ""],
   "numbers": [0, -0, 1.5, -2e10, 3E-4, 12.25e+2], "nested": {"a": {"b": [[1], {"c": 2}]}}}

  """#

/// The bytes of a buffer as an array.
func contents(of buffer: borrowing ByteBuffer) -> [UInt8] {
  let span = buffer.span
  return span.indices.map { span[$0] }
}
