import IndexPipeline
import IndexTransport

/// A profile of the files that programs of Amazon's services share: `credentials` and `config`.
struct SharedProfile: Sendable {
  let name: String
  private var values: [[UInt8]: [UInt8]] = [:]
  /// The files that were looked for.
  private(set) var paths: [String] = []
  private var isFound = false

  /// Reads a profile.
  ///
  /// - Parameters:
  ///   - name: Its name; `nil` means the one of the environment, or `default`.
  ///   - title: What messages call the stage.
  /// - Throws: `StageFailure` if a file cannot be read, if it holds the secret and others may read
  ///   it too, or if there is no profile of a name that was given.
  init(
    _ name: String?,
    _ variables: ProcessVariables,
    title: String
  ) throws(StageFailure) {
    let given = name ?? variables["AWS_PROFILE"] ?? variables["AWS_DEFAULT_PROFILE"]
    self.name = given ?? "default"
    let home = variables["HOME"]
    let files = [
      (variable: "AWS_SHARED_CREDENTIALS_FILE", name: "credentials", isConfiguration: false),
      (variable: "AWS_CONFIG_FILE", name: "config", isConfiguration: true),
    ]
    for file in files {
      let path = variables[file.variable] ?? home.map { "\($0)/.aws/\(file.name)" }
      guard let path else { continue }
      try read(Self.expanded(path, home), isConfiguration: file.isConfiguration, title)
    }
    if given != nil, !isFound {
      throw StageFailure(
        .config,
        code: "no-profile",
        "\(title): there is no profile \"\(self.name)\"",
        notes: ["looked for in \(paths.joined(separator: " and "))"]
      )
    }
  }

  /// The value of a setting.
  subscript(key: String) -> String? {
    values[Array(key.utf8)].map { String(decoding: $0, as: UTF8.self) }
  }

  private static func expanded(_ path: String, _ home: String?) -> String {
    guard let home, path.utf8.starts(with: "~/".utf8) else { return path }
    return home + String(decoding: path.utf8.dropFirst(), as: UTF8.self)
  }

  private mutating func read(
    _ path: String,
    isConfiguration: Bool,
    _ title: String
  ) throws(StageFailure) {
    paths.append(path)
    var bytes: [UInt8] = []
    let permissions: UInt32
    do throws(IOFailure) {
      let file = try InputFile.open(path)
      permissions = try file.status().permissions
      while try file.read(into: &bytes, upTo: 1 << 16) > 0, bytes.count <= 1 << 20 {}
    } catch {
      if error.code == .missing { return }
      throw StageFailure(
        .config,
        code: "cannot-read",
        "\(title): cannot read \(path): \(error.code)"
      )
    }
    let section = Self.section(of: bytes, name, isConfiguration: isConfiguration)
    guard let found = section else { return }
    if found.keys.contains(Array("aws_secret_access_key".utf8)), permissions & 0o044 != 0 {
      throw StageFailure(
        .config,
        code: "exposed-secret",
        "\(title): other people may read the secret in \(path): its mode is "
          + String(permissions, radix: 8),
        help: "let only its owner read it: chmod 600 \(path)"
      )
    }
    isFound = true
    values.merge(found) { known, _ in known }
  }

  /// The settings of a section; `nil` if it is not there.
  private static func section(
    of text: [UInt8],
    _ name: String,
    isConfiguration: Bool
  ) -> [[UInt8]: [UInt8]]? {
    let isDefault = name.utf8.elementsEqual("default".utf8)
    let title = Array((isConfiguration && !isDefault ? "profile \(name)" : name).utf8)
    var values: [[UInt8]: [UInt8]]?
    var isInside = false
    for line in text.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      guard let first = line.first, !"#; \t".utf8.contains(first) else { continue }
      if first == UInt8(ascii: "[") {
        let inner = line.dropFirst().prefix { $0 != UInt8(ascii: "]") }
        let words = inner.split { $0 == 0x20 || $0 == 0x09 }
        isInside = words.joined(separator: [0x20]).elementsEqual(title)
        if isInside, values == nil { values = [:] }
      } else if isInside, let equals = line.firstIndex(of: UInt8(ascii: "=")) {
        values?[trimmed(line[..<equals])] = trimmed(line[(equals + 1)...])
      }
    }
    return values
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var text = text.drop { $0 <= 0x20 }
    while let last = text.last, last <= 0x20 { text.removeLast() }
    return Array(text)
  }
}
