import IndexModel
import IndexPipeline
import StrictJSON

/// The versions of one project.
struct ProjectVersions {
  struct Version {
    let key: [UInt8]
    let isPrerelease: Bool
    /// The first upload; `nil` if the time of one of the files is not known.
    var time: Timestamp?
    var files: [Int]
  }

  var list: [Version] = []

  init(_ records: borrowing RecordEditor, joinsLocal: Bool) {
    var known = TextSet()
    for index in records.indices {
      let record = records[index]
      var text = record.version
      if joinsLocal, let plus = text.firstIndex(of: UInt8(ascii: "+"), from: 0) {
        text = text.extracting(..<plus)
      }
      var key: [UInt8] = []
      let scan = VersionScan.scan(text, appendingSortKeyTo: &key)
      let number = known.insert(key.span)
      let time = record.facts.uploadTime
      if number == list.count {
        let isPrerelease = scan?.isPrerelease ?? false
        list.append(Version(key: key, isPrerelease: isPrerelease, time: time, files: [index]))
      } else {
        list[number].files.append(index)
        list[number].time = list[number].time.flatMap { first in time.map { min(first, $0) } }
      }
    }
  }

  /// Puts the newest version last.
  mutating func sort(byTime: Bool) {
    list.sort { a, b in
      if byTime, a.time != b.time {
        guard let time = a.time else { return false }
        return b.time.map { time < $0 } ?? true
      }
      return a.key.lexicographicallyPrecedes(b.key)
    }
  }
}
