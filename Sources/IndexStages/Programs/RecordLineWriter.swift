import IndexModel
import IndexPipeline
import StrictJSON

/// Writes records as programs are told them: with the project, the version and the source.
struct RecordLineWriter: Sendable {
  /// The JSON of each source's name.
  private let sources: [[UInt8]]
  private var project: [UInt8] = []

  init(sources: [String]) { self.sources = sources.map { Array($0.asJSON.utf8) } }

  /// Appends the object of a record.
  mutating func append(_ record: borrowing RecordView, to output: inout ByteBuffer) {
    record.appendJSON(to: &output)
    // Behind the last member, in the place of the brace and the newline.
    output.truncate(to: output.count - 2)
    project.removeAll(keepingCapacity: true)
    record.appendProject(to: &project)
    output.append(",\"project\":\"")
    output.append(project.span)
    output.append("\"")
    if !record.name.version.isEmpty {
      output.append(",\"version\":\"")
      record.appendVersion(to: &output)
      output.append("\"")
    }
    if sources.indices.contains(record.source) {
      let source = sources[record.source]
      output.append(",\"source\":")
      output.append(source.span)
    }
    output.append("}")
  }
}
