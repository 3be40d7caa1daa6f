public import IndexModel

/// What a run takes from the outside beside its sources: the time, and the files that conditions
/// name.
///
/// A pipeline file is read and checked without it; a run reads the files once, at its start.
public struct RunSetting: Sendable {
  /// The moment of the run, which ages count from.
  public var now: Timestamp?
  /// Reads a whole file.
  public var readFile: @Sendable (_ path: String) throws(StageFailure) -> [UInt8]

  /// Creates a setting.
  ///
  /// - Parameters:
  ///   - now: The moment of the run.
  ///   - readFile: Reads a whole file; without it, there are no files.
  public init(
    now: Timestamp? = nil,
    readFile: @escaping @Sendable (_ path: String) throws(StageFailure) -> [UInt8] = Self.noFile
  ) {
    self.now = now
    self.readFile = readFile
  }

  /// Says that a file cannot be read.
  public static func noFile(_ path: String) throws(StageFailure) -> [UInt8] {
    throw StageFailure(.config, code: "cannot-read", "cannot read \(path): there are no files here")
  }
}
