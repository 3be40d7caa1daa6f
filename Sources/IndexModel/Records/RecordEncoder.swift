public import StrictJSON

/// Writes records as JSON lines.
public enum RecordEncoder {
  /// Appends a record with dumb-pypi's eight keys only, in its order, and a newline.
  ///
  /// dumb-pypi refuses a list with any other key. It knows no yank without a reason: such a one is
  /// written with the reason `yanked`, rather than lost.
  public static func appendCompatible(
    filename: borrowing Span<UInt8>,
    facts: Facts,
    text: borrowing Span<UInt8>,
    to output: inout ByteBuffer
  ) {
    output.append("{\"filename\": \"")
    output.append(filename)
    output.append("\"")
    if !facts.hashes.isEmpty { appendFirstDigest(text[facts.hashes], to: &output) }
    if facts.knowsRequiresDist {
      output.append(", \"requires_dist\": ")
      appendRequirements(text[facts.requiresDist], separator: ", ", to: &output)
    }
    append(", \"requires_python\": ", text[facts.requiresPython], to: &output)
    if let time = facts.uploadTime {
      output.append(", \"upload_timestamp\": ")
      output.append(epochSeconds: time)
    }
    append(", \"uploaded_by\": ", text[facts.uploadedBy], to: &output)
    if facts.isYanked && facts.yankedReason.isEmpty {
      output.append(", \"yanked_reason\": \"yanked\"")
    }
    append(", \"yanked_reason\": ", text[facts.yankedReason], to: &output)
    switch facts.coreMetadata {
    case .unknown, .absent: break
    case .present: output.append(", \"core_metadata\": \"true\"")
    case .digest(let digest): append(", \"core_metadata\": ", text[digest], to: &output)
    }
    output.append("}\n")
  }

  /// Appends a record with all that is known of it, and a newline.
  public static func append(
    filename: borrowing Span<UInt8>,
    facts: Facts,
    text: borrowing Span<UInt8>,
    to output: inout ByteBuffer
  ) {
    output.append("{\"filename\":\"")
    output.append(filename)
    output.append("\"")
    append(",\"url\":", text[facts.url], to: &output)
    if !facts.hashes.isEmpty {
      output.append(",\"hashes\":")
      appendDigests(text[facts.hashes], to: &output)
    }
    if facts.size >= 0 {
      output.append(",\"size\":")
      output.append(decimal: Int(facts.size))
    }
    if let time = facts.uploadTime {
      output.append(",\"upload_time\":\"")
      output.append(rfc3339: time)
      output.append("\"")
    }
    append(",\"uploaded_by\":", text[facts.uploadedBy], to: &output)
    append(",\"requires_python\":", text[facts.requiresPython], to: &output)
    if facts.knowsRequiresDist {
      output.append(",\"requires_dist\":")
      appendRequirements(text[facts.requiresDist], separator: ",", to: &output)
    }
    switch facts.coreMetadata {
    case .unknown: break
    case .absent: output.append(",\"core_metadata\":false")
    case .present: output.append(",\"core_metadata\":true")
    case .digest(let digest): append(",\"core_metadata\":", text[digest], to: &output)
    }
    if facts.isYanked && facts.yankedReason.isEmpty { output.append(",\"yanked\":true") }
    append(",\"yanked\":", text[facts.yankedReason], to: &output)
    if let hasSignature = facts.hasSignature {
      output.append(hasSignature ? ",\"gpg_sig\":true" : ",\"gpg_sig\":false")
    }
    append(",\"provenance\":", text[facts.provenance], to: &output)
    append(",\"license\":", text[facts.license], to: &output)
    append(",\"summary\":", text[facts.summary], to: &output)
    append(",\"origin\":", text[facts.origin], to: &output)
    if !facts.projectURLs.isEmpty {
      output.append(",\"project_urls\":")
      appendProjectURLs(text[facts.projectURLs], to: &output)
    }
    append(",\"description\":", text[facts.description], to: &output)
    append(
      ",\"description_content_type\":",
      text[facts.descriptionContentType],
      to: &output
    )
    switch (facts.isSizeApproximate, facts.isUploadTimeApproximate) {
    case (false, false): break
    case (true, false): output.append(",\"approximate\":[\"size\"]")
    case (false, true): output.append(",\"approximate\":[\"upload_time\"]")
    case (true, true): output.append(",\"approximate\":[\"size\",\"upload_time\"]")
    }
    output.append("}\n")
  }

  /// Appends a member, unless its text is not known.
  private static func append(
    _ key: StaticString,
    _ value: borrowing Span<UInt8>,
    to output: inout ByteBuffer
  ) {
    guard !value.isEmpty else { return }
    output.append(key)
    output.append(json: value)
  }

  private static func appendFirstDigest(
    _ list: borrowing Span<UInt8>,
    to output: inout ByteBuffer
  ) {
    let end = list.firstIndex(of: UInt8(ascii: ";"), from: 0) ?? list.count
    output.append(", \"hash\": ")
    output.append(json: list.extracting(..<end))
  }

  /// Appends a list of digests as an object, in the list's order.
  public static func appendDigests(_ list: borrowing Span<UInt8>, to output: inout ByteBuffer) {
    var separator = UInt8(ascii: "{")
    DigestList.forEach(in: list) { name, value in
      output.append(separator)
      separator = UInt8(ascii: ",")
      output.append(json: name)
      output.append(UInt8(ascii: ":"))
      output.append(json: value)
    }
    if separator == UInt8(ascii: "{") { output.append(separator) }
    output.append(UInt8(ascii: "}"))
  }

  /// Appends requirements, each ended by a NUL byte, as an array of strings.
  public static func appendRequirements(
    _ list: borrowing Span<UInt8>,
    separator: StaticString,
    to output: inout ByteBuffer
  ) {
    output.append(UInt8(ascii: "["))
    var start = 0
    while let end = list.firstIndex(of: 0, from: start) {
      if start > 0 { output.append(separator) }
      output.append(json: list.extracting(start..<end))
      start = end + 1
    }
    output.append(UInt8(ascii: "]"))
  }

  /// Appends the pages of a project as an object, in the list's order.
  public static func appendProjectURLs(
    _ list: borrowing Span<UInt8>,
    to output: inout ByteBuffer
  ) {
    output.append(UInt8(ascii: "{"))
    var isFirst = true
    ProjectURLs.forEach(in: list) { label, url in
      if !isFirst { output.append(",") }
      isFirst = false
      output.append(json: label)
      output.append(UInt8(ascii: ":"))
      output.append(json: url)
    }
    output.append(UInt8(ascii: "}"))
  }
}
