@testable import IndexPipeline
@testable import IndexStages

/// What a program writes is a message, or a fault of the program.
enum ProgramMessageProperties {
  static func check(_ bytes: [UInt8]) {
    let message: ProgramMessage
    do throws(ProgramFault) {
      message = try ProgramMessage(ProgramFault.Line(number: 1, bytes: bytes))
    } catch {
      return
    }
    if let record = message.record {
      require(record.first == UInt8(ascii: "{") && record.last == UInt8(ascii: "}"), "no record")
      RecordProperties.check(Array(record))
    }
    if let failure = try? message.failure(), case .transient(let wait?) = failure.kind {
      require(wait >= .zero && wait <= .seconds(86_400), "a wait of \(wait)")
    }
    if let failure = try? message.failure(), case .bug = failure.kind {
      fatalError("a program has made a mistake of Larder")
    }
    let description = ProgramDescription(message)
    if let options = description.options {
      require(!options.utf8.contains { $0 < 0x20 }, "options are not one line")
    }
  }
}
