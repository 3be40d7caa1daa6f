import StrictJSON
import Testing

@Suite struct ByteTests {
  @Test func findsABytesAtEveryPlaceOfEveryLength() {
    for length in 0...100 {
      var bytes = [UInt8](repeating: 0x8A, count: length)
      #expect(bytes.span.offset(of: 0x0A) == length)
      for place in 0..<length {
        bytes[place] = 0x0A
        #expect(bytes.span.offset(of: 0x0A) == place)
        #expect(bytes.span.offset(of: 0x0A, from: place) == place)
        #expect(bytes.span.offset(of: 0x0A, from: place + 1) == length)
        bytes[place] = 0x8A
      }
    }
  }

  @Test func findsTheFirstOfManyBytes() {
    // 0x0B directly behind 0x0A is what a borrow between lanes would confuse.
    let bytes: [UInt8] = [0x0B, 0x0A, 0x0B, 0x0A, 0x0B, 0x0B, 0x0B, 0x0A, 0x0A]
    #expect(bytes.span.offset(of: 0x0A) == 1)
    #expect(bytes.span.offset(of: 0x0A, from: 2) == 3)
    #expect(bytes.span.offset(of: 0x0A, from: 4) == 7)
    #expect(bytes.span.offset(of: 0x00, from: 0) == 9)
  }

  @Test func marksExactlyTheLanesOfARange() {
    for byte in UInt8.min...UInt8.max {
      // The neighbours are what a carry between lanes would come from.
      let bytes: [UInt8] = [0xFF, byte, 0x00, byte, 0x80, byte, 0x7F, byte]
      for (low, high) in [(0x00, 0x20), (0x2D, 0x39), (0x5F, 0x5F), (0x7F, 0x7F), (0x00, 0x7F)] {
        let marked = bytes.span.word(at: 0).lanes(from: UInt8(low), through: UInt8(high))
        for lane in 0..<8 {
          let isInside = (low...high).contains(Int(bytes[lane]))
          #expect((marked >> (lane * 8)) & 0xFF == (isInside ? 0x80 : 0))
        }
      }
    }
  }

  @Test(arguments: [0, 7, 10, 99, 100, -1, -10, .max, .min])
  func writesDecimals(_ number: Int) {
    var buffer = ByteBuffer()
    buffer.append(decimal: number)
    #expect(contents(of: buffer) == Array(String(number).utf8))
  }

  @Test func growsAndKeepsItsBytes() {
    var buffer = ByteBuffer()
    var expected: [UInt8] = []
    for index in 0..<1_000 {
      buffer.append("literal")
      buffer.append(UInt8(truncatingIfNeeded: index))
      buffer.append(utf8: "text \(index)")
      expected += Array("literal".utf8) + [UInt8(truncatingIfNeeded: index)]
      expected += Array("text \(index)".utf8)
    }
    #expect(contents(of: buffer) == expected)
    buffer.append(repeating: 0..<expected.count)
    #expect(contents(of: buffer) == expected + expected)
    buffer.truncate(to: 7)
    #expect(contents(of: buffer) == Array("literal".utf8))
    buffer.removeAll()
    #expect(buffer.count == 0)
  }
}
