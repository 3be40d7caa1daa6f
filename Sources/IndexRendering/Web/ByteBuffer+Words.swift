import StrictJSON

/// Quantities as people read them.
extension ByteBuffer {
  /// Appends a number and its unit: `1 file`, `71,386 files`.
  mutating func append(count: Int, of unit: (one: StaticString, many: StaticString)) {
    append(grouped: count)
    append(count == 1 ? unit.one : unit.many)
  }

  /// Appends a number that is not negative with a comma between each three digits.
  mutating func append(grouped number: Int) {
    guard number >= 1000 else { return append(decimal: number) }
    append(grouped: number / 1000)
    append(UInt8(ascii: ","))
    let rest = number % 1000
    if rest < 100 { append(UInt8(ascii: "0")) }
    if rest < 10 { append(UInt8(ascii: "0")) }
    append(decimal: rest)
  }

  /// Appends a number of bytes in the decimal unit that suits it: `512 bytes`, `12.3 MB`.
  mutating func append(size: Int64) {
    guard size >= 1000 else { return append(count: Int(size), of: (" byte", " bytes")) }
    var unit: Int64 = 1000
    var place = 0
    // 999.95 of one unit would read as 1000.0: that is 1.0 of the next.
    while place < 5 && size / unit >= 1000 - (size % unit >= unit / 20 * 19 ? 1 : 0) {
      unit *= 1000
      place += 1
    }
    let tenth = unit / 10
    let tenths = size / tenth + (size % tenth >= tenth / 2 ? 1 : 0)
    append(decimal: Int(tenths / 10))
    append(UInt8(ascii: "."))
    append(decimal: Int(tenths % 10))
    switch place {
    case 0: append(" kB")
    case 1: append(" MB")
    case 2: append(" GB")
    case 3: append(" TB")
    case 4: append(" PB")
    default: append(" EB")
    }
  }
}
