import DescriptionMarkup
import StrictJSON

/// The HTML of a description in one line, so that tests can be read.
func html(_ text: String, as format: DescriptionFormat) -> String {
  html(Array(text.utf8), as: format)
}

/// The HTML of any bytes.
func html(_ bytes: [UInt8], as format: DescriptionFormat) -> String {
  var output = ByteBuffer()
  DescriptionMarkup.append(bytes.span, as: format, to: &output)
  let all = String(decoding: output.span)
  return all.split(separator: "\n").joined(separator: " ").replacing("> <", with: "><")
}

/// The HTML of Markdown.
func markdown(_ text: String) -> String { html(text, as: .markdown) }

/// The HTML of reStructuredText.
func rest(_ text: String) -> String { html(text, as: .restructuredText) }
