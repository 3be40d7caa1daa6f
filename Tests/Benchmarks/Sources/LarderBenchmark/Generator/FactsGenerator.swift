import IndexModel
import StrictJSON

/// Makes up what a record says beside its file name.
struct FactsGenerator {
  private static let requirements: [StaticString] = [
    ">=3.8", ">=3.9", ">=3.10", ">=3.7,<4.0", ">=3.8,<3.13", ">=2.7,!=3.0.*,!=3.1.*", "~=3.9",
    ">=3",
  ]
  private static let hexadecimal = Array("0123456789abcdef".utf8)

  private var random: SplitMix
  /// The time of the last upload, in seconds since 1970.
  private var time: Int64 = 0

  init(seed: UInt64) { random = SplitMix(seed: seed) }

  /// Appends a record as a line of JSON.
  mutating func append(_ file: GeneratedFile, to out: inout ByteBuffer) {
    out.append("{\"filename\": ")
    out.append(json: file.filename)
    out.append(", \"hashes\": {\"sha256\": \"")
    appendDigest(to: &out)
    out.append("\"}, \"size\": ")
    out.append(decimal: drawSize())
    if random.happens(80) {
      out.append(", \"requires_python\": \"")
      out.append(random.pick(Self.requirements))
      out.append("\"")
    }
    out.append(", \"upload_time\": \"")
    appendTime(ofRelease: file.release, to: &out)
    out.append("\"}\n")
  }

  private mutating func appendDigest(to out: inout ByteBuffer) {
    for _ in 0..<4 {
      var word = random.next()
      for _ in 0..<16 {
        out.append(Self.hexadecimal[Int(word & 15)])
        word >>= 4
      }
    }
  }

  /// A size from some kilobytes to some tens of megabytes, small ones more often.
  private mutating func drawSize() -> Int {
    let magnitude = random.number(below: 14)
    return 2000 << magnitude + random.number(below: 2000 << magnitude)
  }

  /// Appends a time: a project begins between 2008 and 2023, and goes on by weeks.
  private mutating func appendTime(ofRelease release: Int, to out: inout ByteBuffer) {
    if release == 0 {
      time = 1_200_000_000 + Int64(random.number(below: 500_000_000))
    } else {
      time = min(time + Int64(random.number(below: 2_000_000)), 1_790_000_000)
    }
    let microseconds = time * 1_000_000 + Int64(random.number(below: 1_000_000))
    if let timestamp = Timestamp(microseconds: microseconds) { out.append(rfc3339: timestamp) }
  }
}
