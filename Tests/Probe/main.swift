import Glibc

let verbs: [(name: String, answer: ([[UInt8]]) -> String)] = [
  ("version", VersionProbe.version),
  ("compare", VersionProbe.compare),
  ("specifier", VersionProbe.specifier),
  ("filter", VersionProbe.filter),
  ("json", JSONProbe.json),
  ("json-skip", JSONProbe.skip),
  ("json-quote", JSONProbe.quote),
  ("name", NameProbe.name),
  ("wheel", NameProbe.wheel),
  ("filename", NameProbe.filename),
  ("metadata", MetadataProbe.metadata),
  ("pipeline", PipelineProbe.pipeline),
  ("glob", MatchProbe.glob),
  ("matcher", MatchProbe.matcher),
  ("resolve", URLProbe.resolve),
  ("date", URLProbe.date),
  ("s3-sign", S3Probe.sign),
  ("s3-page", S3Probe.page),
  ("description", DescriptionProbe.description),
  ("links", MarkupProbe.links),
  ("xml", MarkupProbe.xml),
]

func decodeHex(_ text: Substring) -> [UInt8] {
  let digits = Array(text.utf8).map { $0 < 0x3A ? $0 - 0x30 : ($0 | 0x20) - 0x57 }
  return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}

/// Lets the tests see each answer at once.
func flush() { fflush(nil) }

if CommandLine.arguments.count == 3, CommandLine.arguments[1] == "http" {
  await HTTPProbe.run(options: CommandLine.arguments[2])
}

while let line = readLine() {
  let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
  let verb = verbs.first { $0.name == fields[0] }
  print(verb?.answer(fields.dropFirst().map(decodeHex)) ?? "unknown verb")
  flush()
}
