import IndexTransport

/// Writes zip archives of members that are not compressed.
struct ZipWriter {
  private var body: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  mutating func add(_ name: String, _ content: [UInt8]) {
    let name = Array(name.utf8)
    var header: [UInt8] = []
    for (number, size) in [
      (20, 2), (0, 2), (0, 2), (0x21_0000, 4), (Self.checksum(content), 4), (content.count, 4),
      (content.count, 4), (name.count, 2), (0, 2),
    ] {
      Self.append(number, size, to: &header)
    }
    Self.append(0x0201_4B50, 4, to: &directory)
    Self.append(20, 2, to: &directory)
    directory += header
    for size in [2, 2, 2, 4] { Self.append(0, size, to: &directory) }
    Self.append(body.count, 4, to: &directory)
    directory += name
    Self.append(0x0403_4B50, 4, to: &body)
    body += header + name + content
    count += 1
  }

  /// The whole archive.
  var archive: [UInt8] {
    var end: [UInt8] = []
    for (number, size) in [
      (0x0605_4B50, 4), (0, 4), (count, 2), (count, 2), (directory.count, 4), (body.count, 4),
      (0, 2),
    ] {
      Self.append(number, size, to: &end)
    }
    return body + directory + end
  }

  private static func append(_ number: Int, _ size: Int, to bytes: inout [UInt8]) {
    for index in 0..<size { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * index))) }
  }

  private static func checksum(_ bytes: [UInt8]) -> Int {
    var value: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }
    return Int(value ^ 0xFFFF_FFFF)
  }
}
