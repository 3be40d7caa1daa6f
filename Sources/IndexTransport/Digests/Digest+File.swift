extension Digest {
  /// The bytes that are read at a time: as many as stay near the processor.
  private static var blockSize: Int { 1 << 18 }

  /// Adds all bytes of a file from where it was read to.
  ///
  /// - Parameter isStopped: Asked before each block; whether to leave the rest.
  /// - Returns: The number of bytes added.
  /// - Throws: `IOFailure` if the file cannot be read.
  @discardableResult
  public mutating func update(
    readingAllOf file: borrowing InputFile,
    unless isStopped: () -> Bool = { false }
  ) throws(IOFailure) -> Int {
    var block: [UInt8] = []
    block.reserveCapacity(Self.blockSize)
    var total = 0
    while !isStopped() {
      block.removeAll(keepingCapacity: true)
      let count = try file.read(into: &block, upTo: Self.blockSize)
      if count == 0 { break }
      update(block.span)
      total += count
    }
    return total
  }
}
