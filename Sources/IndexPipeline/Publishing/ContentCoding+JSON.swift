package import IndexRendering
package import StrictJSON

extension ContentCoding {
  /// Reads an array of their names; others than these are passed over.
  package static func list(
    _ cursor: inout JSONCursor
  ) throws(JSONError) -> [ContentCoding] {
    var codings: [ContentCoding] = []
    try cursor.beginArray()
    while try cursor.nextElement() {
      let word = try cursor.string()
      if let coding = Self(rawValue: String(decoding: cursor.bytes(of: word))) {
        codings.append(coding)
      }
    }
    return codings
  }

  /// Appends an array of their names.
  package static func append(_ codings: [ContentCoding], to output: inout ByteBuffer) {
    for (number, coding) in codings.enumerated() {
      output.append(number == 0 ? "[" : ",")
      output.append(json: coding.rawValue)
    }
    output.append(codings.isEmpty ? "[]" : "]")
  }
}
