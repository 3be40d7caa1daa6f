/// A file or a folder that a listing names.
public struct ListingEntry: Sendable, Hashable {
  /// The link as the page has it, character references decoded.
  public let href: [UInt8]
  /// The name, percent-decoded; it may have any bytes but `/` and NUL, and is never `.` or `..`.
  public let name: [UInt8]
  /// Whether it is a folder; nil where the server does not say.
  public internal(set) var isFolder: Bool?
  /// When it was changed.
  public internal(set) var modified: ListingTime?
  /// How large it is.
  public internal(set) var size: ListingSize?
  /// What follows `#` in the link, such as `sha256=...`.
  public let fragment: [UInt8]?
}

/// A time as a listing shows it.
public struct ListingTime: Sendable, Hashable {
  /// How exact a time is.
  public enum Precision: Sendable, Hashable {
    /// To the second.
    case second
    /// To the minute; the seconds are 0.
    case minute
    /// To the day; the time is midnight.
    case day
  }

  /// Seconds since 1970, as if the time were UTC unless it says otherwise.
  public let seconds: Int
  /// How exact it is.
  public let precision: Precision
  /// Whether the listing says in which zone the time is; else it is that of the server, or UTC.
  public let hasZone: Bool
}

/// A size as a listing shows it.
public enum ListingSize: Sendable, Hashable {
  /// Bytes.
  case exact(Int)
  /// About so many bytes: the true size differs by `step` at most.
  case approximate(Int, step: Int)
}

/// All that a listing names, and what was left out.
public struct Listing: Sendable, Hashable {
  /// Files and folders in the order of the page, each name once.
  public let entries: [ListingEntry]
  /// Links that lead elsewhere: to parents, other orders of the listing, other sites.
  public let foreignCount: Int
  /// Links that some file would need, but that no client can follow: of other schemes, or with a
  /// name that no file can have.
  public let unusable: [[UInt8]]
}
