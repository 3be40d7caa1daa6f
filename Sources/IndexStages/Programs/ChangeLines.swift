import IndexPipeline
import IndexTransport
import StrictJSON

/// Changes as a program is told of them: an object of JSON for each page and each file.
struct ChangeLines {
  /// The lines, each with its newline.
  private(set) var bytes: [UInt8]
  /// How many lines there are.
  private(set) var count: Int

  /// Tells what was published.
  init(_ published: PublishedChanges) {
    var writer = Writer()
    for sink in published.sinks {
      let changes = sink.changes
      writer.append(changes.added, "added", isPage: true, sink)
      writer.append(changes.changed, "changed", isPage: true, sink)
      writer.append(changes.removed, "removed", isPage: true, sink)
      writer.append(changes.files?.added ?? [], "added", isPage: false, sink)
      writer.append(changes.files?.removed ?? [], "removed", isPage: false, sink)
    }
    bytes = Array(writer.output.span)
    count = writer.count
  }

  /// The lines behind earlier ones, of which those go that are said again.
  func following(_ earlier: [UInt8]) -> ChangeLines {
    if earlier.isEmpty { return self }
    let newline = UInt8(ascii: "\n")
    let own = Set(bytes.split(separator: newline))
    var all = self
    all.bytes = []
    for line in earlier.split(separator: newline) where !own.contains(line) {
      all.bytes += line
      all.bytes.append(newline)
      all.count += 1
    }
    all.bytes += bytes
    return all
  }

  /// The lines between one that tells of the publication, and one that says that it was the last.
  func told(as publication: PublishedChanges) -> [UInt8] {
    var output = ByteBuffer()
    output.append("{\"type\":\"publication\",\"host\":")
    output.append(json: "larder \(Release.version)")
    output.append(",\"pipeline\":")
    output.append(json: publication.name)
    output.append(",\"title\":")
    output.append(json: publication.title)
    output.append(",\"projects\":")
    output.append(decimal: publication.projectCount)
    output.append(",\"distributions\":")
    output.append(decimal: publication.distributionCount)
    output.append("}\n")
    output.append(bytes.span)
    output.append("{\"type\":\"end\",\"count\":")
    output.append(decimal: count)
    output.append("}\n")
    return Array(output.span)
  }
}

/// Writes the lines of sinks.
private struct Writer: ~Copyable {
  var output = ByteBuffer()
  var count = 0

  mutating func append(
    _ paths: [[UInt8]],
    _ change: String,
    isPage: Bool,
    _ sink: PublishedChanges.AtSink
  ) {
    let place = sink.place.map { Self.absolute($0) }
    for path in paths {
      output.append(isPage ? "{\"type\":\"page\",\"sink\":" : "{\"type\":\"file\",\"sink\":")
      output.append(json: sink.id)
      output.append(",\"sink_type\":")
      output.append(json: sink.type)
      output.append(",\"place\":")
      if let place { output.append(json: place) } else { output.append("null") }
      output.append(",\"change\":")
      output.append(json: change)
      output.append(",\"path\":")
      output.append(json: path.span)
      output.append(",\"urls\":[")
      for (number, url) in ServedPath.urls(of: path, isPage: isPage).enumerated() {
        if number > 0 { output.append(",") }
        output.append(json: url.span)
      }
      output.append("]}\n")
      count += 1
    }
  }

  /// A place as the program finds it, which starts in another folder.
  private static func absolute(_ place: String) -> String {
    let isWhole = place.utf8.first == UInt8(ascii: "/") || place.isURL
    guard !isWhole, let folder = ProcessSettings.workingFolder else { return place }
    return "\(folder)/\(place)"
  }
}
