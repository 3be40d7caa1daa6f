import StrictJSON

/// The header of one file in a tar archive.
///
/// It is that of ustar; a record of pax is put before it only where a path does not fit. Owner and
/// group are 0 and have no names. Source: POSIX.1-2017, pax, "ustar Interchange Format" and "pax
/// Header Block".
struct TarHeader: Sendable {
  static let block = 512
  private static let nameSize = 100
  private static let prefixSize = 155
  /// The latest time and the greatest size that eleven octal digits hold.
  static let greatestNumber = 1 << 33 - 1

  private let template: [UInt8]
  private let templateSum: Int

  /// - Parameter time: The time of change of all files, in seconds since 1970.
  init(time: Int) {
    var header = [UInt8](repeating: 0, count: Self.block)
    Self.put("0000644", at: 100, in: &header)
    Self.put("0000000", at: 108, in: &header)
    Self.put("0000000", at: 116, in: &header)
    Self.put(octal: time, at: 136, in: &header)
    header.replaceSubrange(148..<156, with: [UInt8](repeating: UInt8(ascii: " "), count: 8))
    header[156] = UInt8(ascii: "0")
    Self.put("ustar\u{0}00", at: 257, in: &header)
    template = header
    templateSum = header.reduce(0) { $0 + Int($1) }
  }

  /// The bytes that a header takes.
  ///
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - size: Its bytes.
  static func size(of path: borrowing Span<UInt8>, size: Int) -> Int {
    let records = paxRecords(path, size: size)
    return records.isEmpty ? block : 2 * block + records.count.padded
  }

  /// Appends the header of a file.
  func append(_ path: borrowing Span<UInt8>, size: Int, to output: inout ByteBuffer) {
    let records = Self.paxRecords(path, size: size)
    if !records.isEmpty {
      let name = Array("././@PaxHeader".utf8)
      append(Place(name: 0..<name.count), name.span, "x", size: records.count, to: &output)
      output.append(records.span)
      output.append(zeros: records.count.padded - records.count)
    }
    let short = Place(path) ?? Place(name: path.count - Self.nameSize..<path.count)
    append(short, path, "0", size: size > Self.greatestNumber ? 0 : size, to: &output)
  }

  /// The bytes that a comment on the whole archive takes, with its header.
  static func size(ofComment comment: [UInt8]) -> Int {
    block + paxRecord("comment", comment).count.padded
  }

  /// Appends a comment on the whole archive, which programs that unpack it pass over.
  func append(comment: [UInt8], to output: inout ByteBuffer) {
    let record = Self.paxRecord("comment", comment)
    let name = Array("pax_global_header".utf8)
    append(Place(name: 0..<name.count), name.span, "g", size: record.count, to: &output)
    output.append(record.span)
    output.append(zeros: record.count.padded - record.count)
  }

  /// Where the two parts of a path stand that fit in a header.
  private struct Place {
    var prefix = 0..<0
    var name: Range<Int>

    init(name: Range<Int>) { self.name = name }

    /// nil if the path does not fit.
    init?(_ path: borrowing Span<UInt8>) {
      name = 0..<path.count
      if path.count <= TarHeader.nameSize { return }
      var slash = min(path.count - 1, TarHeader.prefixSize)
      while slash > 0, path[slash] != UInt8(ascii: "/") { slash -= 1 }
      guard slash > 0, path.count - slash - 1 <= TarHeader.nameSize else { return nil }
      (prefix, name) = (0..<slash, slash + 1..<path.count)
    }
  }

  private func append(
    _ place: Place,
    _ path: borrowing Span<UInt8>,
    _ type: Unicode.Scalar,
    size: Int,
    to output: inout ByteBuffer
  ) {
    var header = template
    var sum = templateSum
    for (start, range) in [(0, place.name), (345, place.prefix)] {
      for index in range {
        header[start + index - range.lowerBound] = path[index]
        sum += Int(path[index])
      }
    }
    header[156] = UInt8(ascii: type)
    sum += Int(UInt8(ascii: type)) - Int(UInt8(ascii: "0"))
    Self.put(octal: size, at: 124, in: &header)
    for index in 124..<135 { sum += Int(header[index]) }
    for place in 0..<6 { header[153 - place] = UInt8(ascii: "0") + UInt8(sum >> (3 * place) & 7) }
    header[154] = 0
    output.append(header.span)
  }

  /// What does not fit in the header itself, as records of pax.
  private static func paxRecords(_ path: borrowing Span<UInt8>, size: Int) -> [UInt8] {
    var records: [UInt8] = []
    if Place(path) == nil {
      var value: [UInt8] = []
      value.append(contentsOf: path)
      records += paxRecord("path", value)
    }
    if size > greatestNumber { records += paxRecord("size", Array("\(size)".utf8)) }
    return records
  }

  /// A record: its length in decimal digits, which counts these digits too, a key and a value.
  private static func paxRecord(_ key: String, _ value: [UInt8]) -> [UInt8] {
    let rest = Array(" \(key)=".utf8) + value + [UInt8(ascii: "\n")]
    var length = rest.count
    while "\(length)".utf8.count + rest.count != length {
      length = "\(length)".utf8.count + rest.count
    }
    return Array("\(length)".utf8) + rest
  }

  private static func put(_ text: String, at start: Int, in header: inout [UInt8]) {
    for (index, byte) in text.utf8.enumerated() { header[start + index] = byte }
  }

  /// Puts eleven octal digits.
  private static func put(octal number: Int, at start: Int, in header: inout [UInt8]) {
    for place in 0..<11 {
      header[start + 10 - place] = UInt8(ascii: "0") + UInt8(number >> (3 * place) & 7)
    }
  }
}

extension Int {
  /// The bytes that so many take in a tar archive, whose blocks are whole.
  var padded: Int { (self + TarHeader.block - 1) / TarHeader.block * TarHeader.block }
}

extension ByteBuffer {
  /// Appends zeros.
  mutating func append(zeros count: Int) {
    let zeros = [UInt8](repeating: 0, count: min(count, 1 << 16))
    var rest = count
    while rest > 0 {
      append(zeros.span.extracting(..<min(rest, zeros.count)))
      rest -= zeros.count
    }
  }
}
