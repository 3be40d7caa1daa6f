/// A parser, or a few that share a text, and what must hold of it for any bytes.
///
/// The raw value names it on the command line, and its folder in the corpus.
public enum FuzzParser: String, CaseIterable, Sendable {
  case html, xml, listing, json, filename, version, metadata, zip, tar, pipeline, matcher, record
  case url, description
  case listingJSON = "listing-json"
  case simpleHTML = "simple-html"
  case simpleJSON = "simple-json"
  case httpFields = "http-fields"
  case pageStore = "page-store"
  case factsCache = "facts-cache"
  case programMessage = "program-message"
  /// No parser, but a mistake, to see that it is found.
  case planted

  /// Ends the process unless all properties hold.
  ///
  /// - Parameter input: Any bytes. What a property needs besides is drawn from a generator with a
  ///   seed of these bytes, so that a file of the corpus is a plain document, and says all.
  public func check(_ input: [UInt8]) {
    switch self {
    case .html: HTMLProperties.check(input)
    case .xml: XMLProperties.check(input)
    case .listing: ListingProperties.check(input)
    case .json: JSONProperties.check(input)
    case .filename: FilenameProperties.check(input)
    case .version: VersionProperties.check(input)
    case .metadata: MetadataProperties.check(input)
    case .zip: ZipProperties.check(input)
    case .tar: TarProperties.check(input)
    case .pipeline: PipelineProperties.check(input)
    case .matcher: MatcherProperties.check(input)
    case .record: RecordProperties.check(input)
    case .url: URLProperties.check(input)
    case .description: DescriptionProperties.check(input)
    case .listingJSON: ListingJSONProperties.check(input)
    case .simpleHTML: SimpleHTMLProperties.check(input)
    case .simpleJSON: SimpleJSONProperties.check(input)
    case .httpFields: HTTPFieldProperties.check(input)
    case .pageStore: PageStoreProperties.check(input)
    case .factsCache: FactsCacheProperties.check(input)
    case .programMessage: ProgramMessageProperties.check(input)
    case .planted: PlantedMistake.check(input)
    }
  }
}
