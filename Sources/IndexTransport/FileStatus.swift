internal import CLinux
internal import Glibc

/// What a name in a folder stands for.
public enum FileKind: Sendable {
  /// A regular file.
  case file
  /// A folder.
  case folder
  /// A symbolic link, itself and not what it points to.
  case link
  /// A device, a socket or a pipe.
  case special

  init(mode: UInt32) {
    switch mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .folder
    case S_IFLNK: self = .link
    default: self = .special
    }
  }
}

/// A moment as filesystems keep it, counted from 1970 in UTC.
public struct FileTime: Hashable, Comparable, Sendable {
  /// Whole seconds.
  public var seconds: Int64
  /// The rest, from 0 to 999,999,999.
  public var nanoseconds: UInt32

  /// Creates a moment.
  public init(seconds: Int64, nanoseconds: UInt32 = 0) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  /// The moment by the clock that filesystems of this machine stamp changes with: what is changed
  /// from now on is not stamped earlier.
  public static var now: FileTime {
    var time = timespec()
    // It cannot fail for a clock that every Linux has.
    _ = unsafe clock_gettime(CLOCK_REALTIME_COARSE, &time)
    return FileTime(seconds: Int64(time.tv_sec), nanoseconds: UInt32(time.tv_nsec))
  }

  /// Whether `a` is earlier than `b`.
  public static func < (a: Self, b: Self) -> Bool {
    (a.seconds, a.nanoseconds) < (b.seconds, b.nanoseconds)
  }
}

/// What the filesystem knows of a file.
public struct FileStatus: Sendable {
  /// What it is.
  public let kind: FileKind
  /// Permissions with the set-id and sticky bits: the low twelve bits of the mode.
  public let permissions: UInt32
  /// The user it belongs to.
  public let owner: UInt32
  /// The group it belongs to.
  public let group: UInt32
  /// The number of names it has; for a folder 2 and the number of folders in it, where kept.
  public let links: UInt32
  /// The filesystem it is on.
  public let device: UInt64
  /// Its number on that filesystem.
  public let inode: UInt64
  /// Its bytes.
  public let size: UInt64
  /// The time of the last change of its contents.
  public let modified: FileTime
  /// The time of the last change of its contents or of anything here, which nobody can set.
  public let changed: FileTime
  /// Whether a filesystem is mounted here; nil when the kernel does not say (before 5.8).
  public let isMountPoint: Bool?

  init(_ status: clinux_status) {
    kind = FileKind(mode: status.mode)
    permissions = status.mode & 0o7777
    owner = status.owner
    group = status.group
    links = status.links
    device = status.device
    inode = status.inode
    size = status.size
    modified = FileTime(seconds: status.modified, nanoseconds: status.modified_nanoseconds)
    changed = FileTime(seconds: status.changed, nanoseconds: status.changed_nanoseconds)
    isMountPoint = status.mount < 0 ? nil : status.mount == 1
  }

  /// Whether two states are those of one file, by whatever names.
  public func isSameFile(as other: FileStatus) -> Bool {
    device == other.device && inode == other.inode
  }
}
