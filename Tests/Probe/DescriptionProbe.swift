import DescriptionMarkup
import StrictJSON

/// What the differential tests ask of descriptions.
enum DescriptionProbe {
  /// The HTML of a description, as a JSON string.
  ///
  /// The arguments are its type and its text.
  static func description(_ arguments: [[UInt8]]) -> String {
    guard arguments.count == 2 else { return "a type and a text are needed" }
    let (type, text) = (arguments[0], arguments[1])
    let format = DescriptionFormat(contentType: type.span)
    do throws(MissingLibrary) { try DescriptionMarkup.prepare(format) } catch {
      return "missing: \(error)"
    }
    var html = ByteBuffer()
    DescriptionMarkup.append(text.span, as: format, to: &html)
    var answer = ByteBuffer()
    answer.append(json: html.span)
    return String(decoding: answer.span)
  }
}
