/// Why an archive is not read: it is broken, or built so that two programs would see two things in it.
///
/// The rules are those of PyPI for uploads. Source: docs/user/archives.md of Warehouse;
/// APPNOTE.TXT of PKWARE.
public struct ArchiveProblem: Error, Hashable, Sendable {
  /// What is wrong.
  public enum Trick: String, Sendable, CaseIterable {
    case noEnd = "it is no zip archive, or its end is cut off"
    case trailingData = "there is data behind its end"
    case hiddenData = "there is data between its members that none of them owns"
    case disks = "it is a part of an archive on several disks"
    case zip64End = "its two ends (ZIP64 and plain) do not agree"
    case zip64Extra = "a ZIP64 field has no legal length or contradicts its member"
    case directoryPlace = "its directory is not where its end says"
    case directoryEntry = "an entry of its directory is broken"
    case memberCount = "its directory has not as many members as its end says"
    case tooManyMembers = "it has more than 65,535 members"
    case directoryTooLarge = "its directory is larger than 16 MiB"
    case memberComment = "a member has a comment"
    case encrypted = "a member is encrypted"
    case dataDescriptor = "a member says its size only behind its data"
    case method = "a member is compressed in a way that wheels do not use"
    case storedSize = "a member that is not compressed has two sizes"
    case nameControls = "a member has no name, or one with control characters"
    case nameEncoding = "a member's name is not UTF-8, or does not say that it is"
    case unicodePath = "a member has a second name"
    case extraField = "the extra fields of a member are broken"
    case duplicateExtra = "a member has an extra field twice"
    case duplicateName = "two members have one name"
    case overlap = "two members share bytes"
    case localHeader = "a member's own header contradicts the directory"
    case ratio = "it would take more than 50 times its size"
    case pageRatio = "it would take more than 200 times its size"
    case notAFile = "it holds something else than files"
    case noMetadata = "it holds no metadata"
    case twoMetadataFiles = "two METADATA files"
    case twoFolders = "two .dist-info folders"
    case metadataTooLarge = "its metadata is larger than 10 MiB"
    case damaged = "it is damaged"
    case library = "libarchive cannot be used"
  }

  /// What is wrong.
  public let trick: Trick
  /// The name of the member or what libarchive says, shortened; empty if there is nothing to add.
  public let detail: String

  /// Creates a problem.
  public init(_ trick: Trick, _ detail: String = "") {
    self.trick = trick
    self.detail = detail
  }

  /// Creates the problem of a member.
  init(_ trick: Trick, of name: borrowing Span<UInt8>) {
    var bytes: [UInt8] = []
    for index in 0..<min(name.count, 80) {
      bytes.append(name[index] < 0x20 || name[index] == 0x7F ? UInt8(ascii: "?") : name[index])
    }
    self.init(trick, "\"\(String(decoding: bytes, as: UTF8.self))\(name.count > 80 ? "..." : "")\"")
  }
}

extension ArchiveProblem: CustomStringConvertible {
  /// One line.
  public var description: String {
    detail.isEmpty ? trick.rawValue : "\(trick.rawValue) (\(detail))"
  }
}
