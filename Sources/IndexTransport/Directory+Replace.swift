extension Directory {
  /// Replaces a file in one step, so that a reader sees the old or the new one; creates it if it
  /// is missing.
  ///
  /// - Parameters:
  ///   - path: A path; a relative one starts at the working folder.
  ///   - contents: All bytes of the new file.
  /// - Throws: `IOFailure` if the new file cannot be written; the old one then stays.
  public static func replaceFile(
    _ path: String,
    with contents: borrowing Span<UInt8>
  ) throws(IOFailure) {
    guard path.isPath else { throw IOFailure(call: "openat", path: path, code: .missing) }
    let folder = try Directory.open([UInt8](path: ".").span)
    let new = [UInt8](path: path + ".larder-new")
    do throws(IOFailure) { try folder.removeFile(new.span) } catch  where error.code == .missing {}
    try folder.write(new.span, contents)
    try folder.rename(new.span, to: [UInt8](path: path).span)
  }

  /// Appends to a file; creates it if it is missing.
  ///
  /// - Parameters:
  ///   - path: A path; a relative one starts at the working folder.
  ///   - contents: The bytes to append.
  /// - Throws: `IOFailure` if they cannot be written; a part of them may be there then.
  public static func appendToFile(
    _ path: String,
    _ contents: borrowing Span<UInt8>
  ) throws(IOFailure) {
    guard path.isPath else { throw IOFailure(call: "openat", path: path, code: .missing) }
    let folder = try Directory.open([UInt8](path: ".").span)
    let name = [UInt8](path: path)
    do throws(IOFailure) {
      let file = try folder.append(to: name.span)
      try file.write(contents)
      try file.close()
    } catch  where error.code == .missing {
      try folder.write(name.span, contents)
    }
  }
}
