import IndexTransport

/// Answers what a variable of the environment is; one that is empty is not set.
struct ProcessVariables: Sendable {
  private let value: @Sendable (String) -> String?

  /// Takes variables from elsewhere.
  init(_ value: @escaping @Sendable (String) -> String?) { self.value = value }

  /// Those of this process.
  static let process = ProcessVariables { ProcessSettings.variable($0) }

  subscript(name: String) -> String? { value(name).flatMap { $0.utf8.isEmpty ? nil : $0 } }

  /// Whether a variable says `true`.
  func isTrue(_ name: String) -> Bool {
    let text = (self[name] ?? "").utf8.map { $0 | 0x20 }
    return text.elementsEqual("true".utf8)
  }
}
