/// Why a file name cannot be in an index.
public enum FilenameProblem: String, Error, Sendable {
  case empty = "the line is empty"
  case path = "a file name must not contain a path"
  case hidden = "a file name must not begin with \".\" or \"-\""
  case dots = "a file name must not contain \"..\""
  case byte = "a file name may hold ASCII letters, digits and . _ - + ! ~ only"
  case tooLong = "a file name must not be longer than 255 bytes"
  case noExtension = "a file name needs an extension, such as .whl or .tar.gz"
  case sidecar = "a signature, digest or metadata file is not a distribution"
  case wheel = "not a wheel name: {name}-{version}[-{build}]-{python}-{abi}-{platform}.whl"
  case noProject = "the file name holds no project name"

  /// A short name for the kind of mistake.
  public var code: String {
    switch self {
    case .empty, .path, .hidden, .dots, .byte, .tooLong: "unsafe-filename"
    case .noExtension, .sidecar, .wheel, .noProject: "invalid-filename"
    }
  }
}
