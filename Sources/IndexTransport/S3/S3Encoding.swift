/// The one way to write keys and queries that every S3 service signs alike.
///
/// Only the unreserved bytes of RFC 3986 stand for themselves; hexadecimal digits are in upper case.
public enum S3Encoding {
  /// Appends bytes percent-encoded.
  ///
  /// - Parameter keepsSlashes: Whether `/` stands for itself, as in a key.
  public static func append(
    _ bytes: borrowing Span<UInt8>,
    keepsSlashes: Bool = false,
    to output: inout [UInt8]
  ) {
    for index in bytes.indices {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        output.append(byte)
      case UInt8(ascii: "/") where keepsSlashes: output.append(byte)
      default:
        output.append(UInt8(ascii: "%"))
        output.append(digit(byte >> 4))
        output.append(digit(byte & 15))
      }
    }
  }

  /// The bytes that a text stands for.
  ///
  /// - Parameters:
  ///   - text: Percent-encoded bytes.
  ///   - isForm: Whether `+` stands for a space, as in forms.
  /// - Returns: `nil` if a `%` is not followed by two hexadecimal digits.
  public static func decoded(_ text: borrowing Span<UInt8>, isForm: Bool = false) -> [UInt8]? {
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    var index = 0
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "%"):
        guard index + 2 < text.count, let high = value(text[index + 1]),
          let low = value(text[index + 2])
        else { return nil }
        output.append(high << 4 | low)
        index += 2
      case UInt8(ascii: "+") where isForm: output.append(UInt8(ascii: " "))
      default: output.append(text[index])
      }
      index += 1
    }
    return output
  }

  /// The text with every byte that needs it percent-encoded once, whatever was encoded before.
  static func canonical(_ text: ArraySlice<UInt8>, keepsSlashes: Bool) -> [UInt8] {
    let bytes = decoded(Array(text).span) ?? Array(text)
    var output: [UInt8] = []
    append(bytes.span, keepsSlashes: keepsSlashes, to: &output)
    return output
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value + (value < 10 ? UInt8(ascii: "0") : UInt8(ascii: "A") - 10)
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}
