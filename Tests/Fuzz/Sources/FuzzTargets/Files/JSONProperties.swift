@testable import StrictJSON

/// The tree and the walk take the same texts, and mistakes are where they say.
enum JSONProperties {
  static func check(_ text: [UInt8]) {
    let walk = problemOfWalk(over: text)
    do throws(JSONError) {
      let document = try JSONDocument(parsing: text)
      require(walk == nil, "the walk refuses what is a tree: \(walk as Any)")
      check(document.root, text)
      let written = Array(write(document.root).span)
      guard let again = try? JSONDocument(parsing: written) else {
        fatalError("what is written is no JSON: \(String(decoding: written, as: UTF8.self))")
      }
      require(Array(write(again.root).span) == written, "a tree changes when it is read again")
    } catch {
      if case .duplicateKey(let first) = error.code {
        require(first.upperBound <= error.range.lowerBound, "the first key is behind the second")
        require(walk == nil || walk != error, "the walk sees keys that are there twice")
      } else {
        require(walk == error, "the tree says \(error), the walk says \(walk as Any)")
      }
      checkPlace(of: error, text)
    }
  }

  private static func problemOfWalk(over text: [UInt8]) -> JSONError? {
    do throws(JSONError) {
      try JSONCursor.validateUTF8(text.span)
      var cursor = JSONCursor(text.span)
      try cursor.skipValue()
      try cursor.finish()
      return nil
    } catch {
      return error
    }
  }

  private static func checkPlace(of error: JSONError, _ text: [UInt8]) {
    let range = error.range
    require(range.lowerBound <= text.count && range.upperBound <= text.count + 1, "\(error)")
    require(!error.message.isEmpty && !error.hint.isEmpty, "\(error) says nothing")
    let place = SourceLocation(of: range.lowerBound, in: text.span)
    let lines = text.count { $0 == 0x0A } + 1
    require(place.line <= lines && place.column <= text.count + 1, "\(place) is not in the text")
    let pointer = JSONPointer(at: range.lowerBound, in: text.span)
    require(pointer.description.isEmpty || pointer.description.utf8.first == 0x2F, "\(pointer)")
  }

  private static func check(_ value: JSONValue, _ text: [UInt8]) {
    require(value.range.upperBound <= text.count && !value.range.isEmpty, "a value is elsewhere")
    switch value.payload {
    case .object(let members):
      for member in members {
        require(member.keyRange.upperBound < member.value.range.lowerBound, "a key is elsewhere")
        check(member.value, text)
      }
    case .array(let elements): for element in elements { check(element, text) }
    case .number(let digits):
      require(text[value.range].elementsEqual(digits.utf8), "a number is another one")
      var cursor = JSONCursor(text.span.extracting(value.range))
      guard let number = try? cursor.number() else { fatalError("\(digits) is no number") }
      require(cursor.integer(number) == value.integer, "\(digits) is two integers")
      require(value.double?.isFinite == true, "\(digits) is not finite")
      require(cursor.double(number) == value.double, "\(digits) is two numbers")
    case .string(let string):
      require(string.utf8.count <= value.range.count, "a string is longer than it was written")
    case .boolean, .null: break
    }
  }

  private static func write(_ value: JSONValue) -> ByteBuffer {
    var buffer = ByteBuffer()
    append(value, to: &buffer)
    return buffer
  }

  private static func append(_ value: JSONValue, to buffer: inout ByteBuffer) {
    switch value.payload {
    case .object(let members):
      buffer.append("{")
      for (place, member) in members.enumerated() {
        if place > 0 { buffer.append(",") }
        buffer.append(json: member.key)
        buffer.append(":")
        append(member.value, to: &buffer)
      }
      buffer.append("}")
    case .array(let elements):
      buffer.append("[")
      for (place, element) in elements.enumerated() {
        if place > 0 { buffer.append(",") }
        append(element, to: &buffer)
      }
      buffer.append("]")
    case .string(let string): buffer.append(json: string)
    case .number(let digits): buffer.append(utf8: digits)
    case .boolean(let boolean): buffer.append(utf8: "\(boolean)")
    case .null: buffer.append("null")
    }
  }
}
