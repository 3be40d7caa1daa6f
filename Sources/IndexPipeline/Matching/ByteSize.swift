/// A number of bytes as a person writes it, such as `8MiB`.
public struct ByteSize: Sendable, Equatable {
  /// The number of bytes.
  public let bytes: Int64

  /// Reads a size.
  ///
  /// - Parameter text: A whole number and one of the units `B`, `kB`, `MB`, `GB`, `TB` (powers of
  ///   1000) and `KiB`, `MiB`, `GiB`, `TiB` (powers of 1024), maybe with a space between them.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    let digits = bytes.prefix { $0 &- UInt8(ascii: "0") < 10 }
    var unit = bytes[digits.count...]
    if unit.first == UInt8(ascii: " ") { unit.removeFirst() }
    guard (1...15).contains(digits.count),
      let factor = Self.units.first(where: { $0.name.utf8.elementsEqual(unit) })?.bytes
    else { return nil }
    let number = digits.reduce(Int64(0)) { $0 * 10 + Int64($1 &- UInt8(ascii: "0")) }
    let (product, overflows) = number.multipliedReportingOverflow(by: factor)
    if overflows { return nil }
    self.bytes = product
  }

  private static let units: [(name: String, bytes: Int64)] = [
    ("B", 1), ("kB", 1000), ("KB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000),
    ("TB", 1_000_000_000_000), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30),
    ("TiB", 1 << 40),
  ]
}
