/// What is wrong with one value of a condition.
struct ValueProblem: Error {
  let message: String
  let caret: String
  let code: String
  let note: String?

  init(_ message: String, caret: String, code: String = "wrong-value", note: String? = nil) {
    (self.message, self.caret, self.code, self.note) = (message, caret, code, note)
  }
}
