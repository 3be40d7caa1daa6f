// Entries of listings that are no HTML.

extension ListingEntry {
  /// Creates an entry; see the properties for what its parts are.
  public init(
    href: [UInt8],
    name: [UInt8],
    isFolder: Bool,
    modified: ListingTime? = nil,
    size: ListingSize? = nil
  ) {
    self.href = href
    self.name = name
    self.isFolder = isFolder
    self.modified = modified
    self.size = size
    fragment = nil
  }
}

extension ListingTime {
  /// Creates a time of UTC, to the second.
  public init(seconds: Int) {
    self.seconds = seconds
    precision = .second
    hasZone = true
  }
}
