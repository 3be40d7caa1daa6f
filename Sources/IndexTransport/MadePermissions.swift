internal import Glibc

/// The permissions that files and folders get when they are made, whatever the umask takes away or
/// leaves.
public struct MadePermissions: Sendable, Equatable {
  /// Those of a file.
  public let file: UInt32
  /// Those of a folder.
  public let folder: UInt32

  /// Everybody reads, and the owner writes: what a web server needs, also of another user.
  ///
  /// nil if the umask of this process comes to that by itself.
  public static var readable: MadePermissions? {
    ProcessSettings.fileMask == 0o022 ? nil : MadePermissions(file: 0o644, folder: 0o755)
  }
}

extension ProcessSettings {
  /// The umask; nil if the kernel does not tell it.
  ///
  /// To ask by `umask` would change it for a moment.
  static var fileMask: UInt32? {
    do throws(IOFailure) {
      let status = try InputFile.open("/proc/self/status").rest()
      let lines = status.split(separator: UInt8(ascii: "\n"))
      guard let line = lines.first(where: { $0.starts(with: "Umask:\t".utf8) }) else { return nil }
      return UInt32(String(decoding: line.dropFirst(7), as: UTF8.self), radix: 8)
    } catch {
      return nil
    }
  }
}
