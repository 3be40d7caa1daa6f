import IndexPipeline

// Fields of places that hold distributions.
extension Settings {
  /// Reads a template of the URLs of files.
  mutating func urlTemplate(_ name: String, _ doc: String, example: String) -> URLTemplate? {
    guard let text = string(name, doc, example: example) else { return nil }
    do throws(URLTemplate.Problem) {
      return try URLTemplate(text)
    } catch {
      refuse(
        "wrong-value",
        "\"\(name)\": \(error.message)",
        field: name,
        notes: ["holes: \(URLTemplate.Hole.names.map { "{\($0)}" }.joined(separator: ", "))"]
      )
      return nil
    }
  }

  /// Reads the time zone of a listing that names none.
  ///
  /// - Returns: Minutes ahead of UTC.
  mutating func timeZone() -> Int? {
    let name = "time_zone"
    let text = string(
      name,
      "The zone of times in a directory listing that names none, such as `+02:00`; UTC if it is not "
        + "given, and times are then marked as approximate.",
      example: "+02:00"
    )
    guard let text else { return nil }
    let bytes = Array(text.utf8)
    if bytes == Array("Z".utf8) || bytes == Array("UTC".utf8) { return 0 }
    let digits = [1, 2, 4, 5].compactMap { bytes.count == 6 ? Int(bytes[$0]) - 0x30 : nil }
    guard digits.count == 4, digits.allSatisfy({ (0...9).contains($0) }),
      bytes[3] == UInt8(ascii: ":"),
      bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-"),
      digits[0] * 10 + digits[1] <= 14, digits[2] < 6
    else {
      refuse(
        "wrong-value",
        "\"\(name)\": \"\(text)\" is no zone",
        field: name,
        caret: "expected a difference such as \"+02:00\", or \"UTC\""
      )
      return nil
    }
    let minutes = (digits[0] * 10 + digits[1]) * 60 + digits[2] * 10 + digits[3]
    return bytes[0] == UInt8(ascii: "-") ? -minutes : minutes
  }
}
