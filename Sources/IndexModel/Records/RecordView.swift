public import StrictJSON

/// One record of a batch, to be looked at.
public struct RecordView: ~Escapable {
  /// The bytes of the file name.
  public let filename: Span<UInt8>
  /// What the file name says.
  public let name: DistributionFilename
  /// The bytes of all texts.
  public let text: Span<UInt8>
  /// The number of its source in the pipeline, from 0.
  public let source: Int
  private let allFacts: Span<Facts>
  private let factsIndex: Int

  /// Views a record.
  ///
  /// - Parameters:
  ///   - record: One of the records of `batch`.
  ///   - batch: The batch.
  @_lifetime(borrow batch)
  public init(_ record: Record, in batch: borrowing RecordBatch) {
    let text = batch.text.span
    self.text = text
    filename = text[record.filename]
    name = record.name
    allFacts = batch.facts.span
    factsIndex = Int(record.facts)
    source = Int(record.source)
  }

  /// What else is known; its texts lie in ``text``.
  public var facts: Facts { factsIndex < 0 ? .unknown : allFacts[factsIndex] }

  /// The version as the file name writes it, empty if it names none.
  public var version: Span<UInt8> {
    @_lifetime(copy self)
    get { filename.extracting(name.version) }
  }

  /// The bytes of a text of ``facts``.
  @_lifetime(copy self)
  public func bytes(_ range: TextRange) -> Span<UInt8> { text[range] }

  /// Appends the normalized name of the project.
  public func appendProject(to output: inout [UInt8]) {
    ProjectName.appendNormalized(filename.extracting(name.name), to: &output)
  }

  /// Appends the version as the file name writes it, nothing if it names none.
  public func appendVersion(to output: inout ByteBuffer) {
    output.append(filename.extracting(name.version))
  }

  /// The file name as text.
  public var filenameText: String { String(decoding: filename) }

  /// The normalized name of the project as text.
  public var project: String {
    var bytes: [UInt8] = []
    appendProject(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The license as text, empty if it is not known.
  public var licenseText: String { String(decoding: text[facts.license]) }

  /// Appends the record as a line of JSON that says all that is known.
  public func appendJSON(to output: inout ByteBuffer) {
    RecordEncoder.append(filename: filename, facts: facts, text: text, to: &output)
  }
}
