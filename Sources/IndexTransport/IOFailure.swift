internal import CLinux
internal import Glibc

/// What the kernel answered when it refused a call.
public struct ErrorCode: RawRepresentable, Hashable, Sendable {
  /// The errno, positive.
  public let rawValue: Int32

  /// Creates a code of an errno.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// Something has this name already (`EEXIST`).
  public static var exists: Self { Self(rawValue: EEXIST) }
  /// Nothing has this name (`ENOENT`).
  public static var missing: Self { Self(rawValue: ENOENT) }
  /// A part of the path is no folder (`ENOTDIR`).
  public static var notFolder: Self { Self(rawValue: ENOTDIR) }
  /// A symbolic link stands where none is followed, or links lead in a circle (`ELOOP`).
  public static var linkLoop: Self { Self(rawValue: ELOOP) }
  /// The path or a part of it is too long (`ENAMETOOLONG`).
  public static var nameTooLong: Self { Self(rawValue: ENAMETOOLONG) }
  /// The argument makes no sense to the filesystem (`EINVAL`).
  public static var invalid: Self { Self(rawValue: EINVAL) }
  /// The kernel or the filesystem has no such call (`ENOSYS`).
  public static var unsupportedCall: Self { Self(rawValue: ENOSYS) }
  /// The filesystem does not support this (`EOPNOTSUPP`).
  public static var unsupported: Self { Self(rawValue: EOPNOTSUPP) }
  /// The two names are on different filesystems, or on layers of one (`EXDEV`).
  public static var crossDevice: Self { Self(rawValue: EXDEV) }
  /// The file has as many names as the filesystem allows (`EMLINK`).
  public static var tooManyNames: Self { Self(rawValue: EMLINK) }
  /// The file is in use, for instance as a mount point (`EBUSY`).
  public static var busy: Self { Self(rawValue: EBUSY) }
  /// Another process holds the lock (`EWOULDBLOCK`).
  public static var wouldBlock: Self { Self(rawValue: EWOULDBLOCK) }
  /// The permissions of the file or its folder forbid it (`EACCES`).
  public static var accessDenied: Self { Self(rawValue: EACCES) }
  /// Only the owner or the superuser may do it (`EPERM`).
  public static var notPermitted: Self { Self(rawValue: EPERM) }
  /// The filesystem is mounted read-only (`EROFS`).
  public static var readOnly: Self { Self(rawValue: EROFS) }
  /// The filesystem has no space or no inode left (`ENOSPC`).
  public static var noSpace: Self { Self(rawValue: ENOSPC) }
  /// The quota of the user is used up (`EDQUOT`).
  public static var quotaExceeded: Self { Self(rawValue: EDQUOT) }
  /// The file would exceed the size that the process may write (`EFBIG`).
  public static var fileTooLarge: Self { Self(rawValue: EFBIG) }
  /// The device failed (`EIO`).
  public static var device: Self { Self(rawValue: EIO) }
  /// The process has as many files open as it may (`EMFILE`).
  public static var tooManyOpenFiles: Self { Self(rawValue: EMFILE) }
}

extension ErrorCode: CustomStringConvertible {
  /// The text and the name of the errno, such as `No space left on device (ENOSPC)`.
  public var description: String {
    let text = unsafe clinux_error_text(rawValue).map { unsafe String(cString: $0) }
    let name = unsafe clinux_error_name(rawValue).map { unsafe String(cString: $0) }
    return "\(text ?? "unknown error") (\(name ?? "errno \(rawValue)"))"
  }
}

/// A call to Linux that failed.
public struct IOFailure: Error, Hashable, Sendable {
  /// The name of the call, such as `openat`.
  public let call: String
  /// The path it was given, as it was given; empty when it worked on an open file.
  public let path: String
  /// What the kernel answered.
  public let code: ErrorCode

  /// Creates a failure.
  public init(call: String, path: String, code: ErrorCode) {
    self.call = call
    self.path = path
    self.code = code
  }

  /// Creates a failure of the result of a call of CLinux, which is a negative errno.
  @inline(never)
  init(_ call: StaticString, _ path: borrowing Span<UInt8>, _ result: Int) {
    self.init(
      call: "\(call)",
      path: String(path: path),
      code: ErrorCode(rawValue: Int32(-result))
    )
  }

  /// Creates a failure of a call on an open file.
  @inline(never)
  init(_ call: StaticString, _ result: Int) {
    self.init(call: "\(call)", path: "", code: ErrorCode(rawValue: Int32(-result)))
  }

  /// The same failure, of the file at `path`.
  func at(_ path: borrowing Span<UInt8>) -> Self {
    Self(call: call, path: String(path: path), code: code)
  }

  /// The same failure, as seen from the folder that `folder` is in.
  public func below(_ folder: borrowing Span<UInt8>) -> Self {
    let outer = String(path: folder)
    return Self(call: call, path: path.isEmpty ? outer : "\(outer)/\(path)", code: code)
  }
}

extension IOFailure: CustomStringConvertible {
  /// One line: the call, the path and the text of the errno.
  public var description: String {
    path.isEmpty ? "\(call): \(code)" : "\(call) \(path): \(code)"
  }
}
