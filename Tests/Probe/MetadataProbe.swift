import IndexModel

/// What the differential tests ask of metadata files.
enum MetadataProbe {
  /// Each text, the texts of each list, where the body begins, and the description.
  static func metadata(_ arguments: [[UInt8]]) -> String {
    let text = arguments.first ?? []
    let said = CoreMetadata(text.span)
    let texts = [
      said.metadataVersion, said.name, said.version, said.summary, said.requiresPython,
      said.licenseExpression, said.license, said.descriptionContentType,
    ]
    let pages = said.projectURLs.flatMap { [$0.label, $0.url] }
    let lists = [said.requiresDist, pages, said.dynamic]
    let fields =
      texts.map(hex) + lists.map { $0.map(hex).joined(separator: ",") }
      + [
        hex(said.description(in: text.span)), "\(said.body)", said.hasFixedRequirements ? "1" : "0",
      ]
    return fields.joined(separator: "\t")
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
