import ArgumentParser
import StrictJSON

/// Writes a made-up list to standard output.
struct MakeListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "make-list",
    abstract: "Make a list that is like PyPI's, the same for every run."
  )

  @Option(help: "The number of distributions.")
  var records: Int

  @Option(help: "Where the random numbers begin.")
  var seed: UInt64 = 20_261_122

  @Flag(help: "Write JSON lines with digests, sizes, times and requires-python.")
  var json = false

  func validate() throws {
    guard (0...100_000_000).contains(records) else {
      throw ValidationError("--records must be from 0 to 100000000")
    }
  }

  func run() {
    var projects = ProjectGenerator(seed: seed)
    var facts = FactsGenerator(seed: seed &+ 1)
    var out = ByteBuffer(minimumCapacity: 2 << 20)
    var written = 0
    while written < records {
      for file in projects.next().prefix(records - written) {
        if json {
          facts.append(file, to: &out)
        } else {
          out.append(file.filename.utf8Span.span)
          out.append(UInt8(ascii: "\n"))
        }
        written += 1
      }
      if out.count > 1 << 20 { flush(&out) }
    }
    flush(&out)
  }

  private func flush(_ out: inout ByteBuffer) {
    print(String(decoding: out.span), terminator: "")
    out.removeAll()
  }
}
