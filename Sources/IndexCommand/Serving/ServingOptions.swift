import ArgumentParser
import IndexPipeline

/// The flags that ask for the configuration of a server, and say what index it serves.
struct ServingOptions: ParsableArguments {
  @Option(help: "Write the configuration of a server, and no pipeline file.")
  var server: WebServer?

  @Option(help: "With --server: the published folder (/srv/index).", completion: .directory)
  var folder: String?

  @Option(help: "With --server: the name of the server (index.example).")
  var host: String?

  @Option(help: "With --server: the port, if it is not that of the scheme.")
  var port: String?

  @Option(help: "With --server: the path that the index begins at (/).")
  var prefix: String?

  @Option(help: "With --server: the bucket that the index is in (acme-index).")
  var bucket: String?

  private var given: [(fact: ServedFact, text: String)] {
    let all: [(ServedFact, String?)] = [
      (.folder, folder), (.host, host), (.port, port), (.prefix, prefix), (.bucket, bucket),
    ]
    return all.compactMap { fact, text in text.map { (fact, $0) } }
  }

  func validate() throws {
    let facts = server?.facts ?? []
    for (fact, _) in given where !facts.contains(fact) {
      let takers = WebServer.allCases.filter { $0.facts.contains(fact) }.map(\.rawValue)
      throw ValidationError(
        "--\(fact.rawValue) is of use with --server \(takers.joined(separator: " or "))"
      )
    }
  }

  /// The configuration that is asked for, or `nil` if none is.
  ///
  /// - Throws: `StageFailure` if a value cannot be written into a configuration.
  func configuration() throws(StageFailure) -> String? {
    guard let server else { return nil }
    var index = ServedIndex(
      folder: server == .pages ? "public" : "/srv/index",
      host: "index.example",
      prefix: "/",
      bucket: "acme-index"
    )
    for (fact, text) in given {
      let value = try fact.checked(text)
      switch fact {
      case .folder: index.folder = value
      case .host: index.host = value
      case .port: index.port = Int(value)
      case .prefix: index.prefix = value
      case .bucket: index.bucket = value
      }
    }
    guard server == .pages || index.folder.utf8.first == UInt8(ascii: "/") else {
      throw StageFailure(
        .config,
        code: "unservable-value",
        "\"\(index.folder)\" is not absolute, and a server starts in a folder of its own",
        help: "give --folder from the root, such as /srv/index"
      )
    }
    return server.configuration(of: index)
  }
}
