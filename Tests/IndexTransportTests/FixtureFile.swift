import IndexTransport

/// The bytes of a file beside this one.
func contents(_ path: String) throws -> [UInt8] {
  let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
  let file = try InputFile.open("/\(folder)/\(path)")
  var bytes: [UInt8] = []
  while try file.read(into: &bytes, upTo: 1 << 16) > 0 {}
  return bytes
}
