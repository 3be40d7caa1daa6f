import IndexModel
import StrictJSON

/// Which version of Python each text of `requires_python` allows: there are few texts, and each
/// takes long to read.
struct PythonAnswers: Sendable {
  private static let limit = 4096

  private var texts = TextSet()
  private var answers: [Int?] = []

  /// The place of the first version that a text allows.
  ///
  /// A text that is no version specifier allows every version, as pip has it.
  mutating func answer(_ text: borrowing Span<UInt8>, _ versions: [Version]) -> Int? {
    if let known = texts.number(of: text) { return answers[known] }
    if answers.count == Self.limit { self = PythonAnswers() }
    let text = copy text
    var answer: Int? = 0
    if let set = try? VersionSpecifierSet(text) {
      answer = versions.firstIndex { set.contains($0) }
    }
    texts.insert(text)
    answers.append(answer)
    return answer
  }
}
