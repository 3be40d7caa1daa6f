/// The names of the stages of a pipeline, each once.
struct StageIDs {
  private var taken: Set<[UInt8]> = []
  private var reserved: Set<[UInt8]> = []
  /// The number that was given last to a stage of a type.
  private var numbers: [[UInt8]: Int] = [:]

  /// Keeps a name that the file gives from being given to a stage without one.
  mutating func reserve(_ id: String) { reserved.insert(Array(id.utf8)) }

  /// Takes a name.
  ///
  /// - Returns: Whether it was free.
  mutating func take(_ id: String) -> Bool { taken.insert(Array(id.utf8)).inserted }

  /// A free name for a stage without one: its type, with a number if that is taken.
  mutating func free(for type: String) -> String {
    if isFree(type) { return type }
    var number = numbers[Array(type.utf8), default: 1] + 1
    while !isFree("\(type)-\(number)") { number += 1 }
    numbers[Array(type.utf8)] = number
    return "\(type)-\(number)"
  }

  private func isFree(_ id: String) -> Bool {
    !taken.contains(Array(id.utf8)) && !reserved.contains(Array(id.utf8))
  }

  /// Whether a text is `[a-z][a-z0-9-]{0,39}`.
  static func isID(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    let isWord = bytes.allSatisfy { $0 &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x2D }
    return isWord && bytes.count <= 40 && (bytes.first ?? 0) &- 0x61 < 26
  }
}
