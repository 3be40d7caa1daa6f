import IndexModel
import StrictJSON

/// Values of metadata are texts of one line, and what a record says of them can be read.
enum MetadataProperties {
  static func check(_ text: [UInt8]) {
    let said = CoreMetadata(text.span)
    require((0...text.count).contains(said.body), "the body begins behind the end")
    let single = [
      said.metadataVersion, said.name, said.version, said.summary, said.requiresPython,
      said.licenseExpression, said.license, said.descriptionContentType,
    ]
    let pages = said.projectURLs.flatMap { [$0.label, $0.url] }
    for value in single + said.requiresDist + said.dynamic + pages {
      require(value.isUTF8, "a value is no UTF-8")
      require(!value.contains(0x0A) && !value.contains(0x0D), "a value has line breaks")
      let ends = [value.first, value.last]
      require(!ends.contains(0x20) && !ends.contains(0x09), "a value has space at its ends")
    }
    for origin in [CoreMetadata.Origin.wheel, .other] {
      var line = ByteBuffer()
      line.append("{\"filename\":\"demo-1.0.tar.gz\"")
      said.appendRecordMembers(of: origin, to: &line)
      said.appendDescriptionMembers(of: text.span, to: &line)
      line.append("}\n")
      let hasNUL = said.requiresDist.contains { $0.contains(0) }
      RecordProperties.checkMade(Array(line.span), mayRefuse: hasNUL)
    }
  }
}
