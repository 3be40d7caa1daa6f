/// A distribution whose bytes a source has at hand, so that they can be published and not only
/// linked to.
public struct OfferedFile: Sendable {
  /// Its file name.
  public let filename: [UInt8]
  /// Its bytes.
  public let content: FileContent
  /// The core metadata in it, which is served beside it (PEP 658).
  public let metadata: FileContent?
  /// Its signature, which is served beside it (PEP 503).
  public let signature: FileContent?

  /// Offers a file; see the properties for what its parts are.
  public init(
    filename: [UInt8],
    _ content: FileContent,
    metadata: FileContent? = nil,
    signature: FileContent? = nil
  ) {
    self.filename = filename
    self.content = content
    self.metadata = metadata
    self.signature = signature
  }
}

/// The bytes of a file, and how to get at them.
public struct FileContent: Sendable {
  /// Where bytes are.
  public enum Place: Sendable {
    /// In a local file, by its path without a NUL byte.
    case file(path: [UInt8])
    /// In memory, when they are asked for: for what is small.
    case memory(@Sendable () async throws -> [UInt8])
  }

  /// Their SHA-256 as 64 hexadecimal digits in lower case.
  public let sha256: String
  /// Their number, if it is known before they are read; that of a local file always is.
  public let size: Int?
  /// Where they are.
  public let place: Place

  /// Creates the content of a local file.
  ///
  /// - Parameters:
  ///   - path: Its path, without a NUL byte.
  ///   - size: The number of its bytes.
  ///   - sha256: Their SHA-256 as 64 hexadecimal digits in lower case. Who publishes them refuses
  ///     others.
  public init(path: [UInt8], size: Int, sha256: String) {
    self.sha256 = sha256
    self.size = size
    place = .file(path: path)
  }

  /// Creates content that is made when it is asked for.
  ///
  /// - Parameters:
  ///   - sha256: Its SHA-256 as 64 hexadecimal digits in lower case.
  ///   - make: Makes it; throws a `StageFailure`.
  public init(sha256: String, _ make: @escaping @Sendable () async throws -> [UInt8]) {
    self.sha256 = sha256
    size = nil
    place = .memory(make)
  }
}

/// A file on its way to a sink.
public struct OutgoingFile: Sendable {
  /// Its path, relative to the root of the index: no part of it is empty, `.` or `..`.
  public let path: [UInt8]
  /// Its bytes.
  public let content: FileContent

  /// Creates a file; see the properties for what its parts are.
  public init(path: [UInt8], _ content: FileContent) {
    self.path = path
    self.content = content
  }
}
