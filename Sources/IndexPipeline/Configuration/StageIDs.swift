/// The names of the stages of a pipeline, each once.
struct StageIDs {
  private var taken: Set<[UInt8]> = []
  private var reserved: Set<[UInt8]> = []

  /// Keeps a name that the file gives from being given to a stage without one.
  mutating func reserve(_ id: String) { reserved.insert(Array(id.utf8)) }

  /// Takes a name.
  ///
  /// - Returns: Whether it was free.
  mutating func take(_ id: String) -> Bool { taken.insert(Array(id.utf8)).inserted }

  /// A free name for a stage without one: its type, with a number if that is taken.
  func free(for type: String) -> String {
    let isFree = { (id: String) in
      !taken.contains(Array(id.utf8)) && !reserved.contains(Array(id.utf8))
    }
    if isFree(type) { return type }
    var number = 2
    while !isFree("\(type)-\(number)") { number += 1 }
    return "\(type)-\(number)"
  }

  /// Whether a text is `[a-z][a-z0-9-]{0,39}`.
  static func isID(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    let isWord = bytes.allSatisfy { $0 &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x2D }
    return isWord && bytes.count <= 40 && (bytes.first ?? 0) &- 0x61 < 26
  }
}
