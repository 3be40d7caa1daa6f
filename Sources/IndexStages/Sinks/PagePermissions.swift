import IndexTransport

/// Who may read the pages of a folder.
public enum PagePermissions: String, CaseIterable, Sendable {
  /// Everybody, whatever the umask: 644 for files and 755 for folders.
  case readable
  /// Whoever the umask lets.
  case umask

  /// What they come to; nil for those that the umask leaves.
  var made: MadePermissions? {
    switch self {
    case .readable: .readable
    case .umask: nil
    }
  }
}
