/// The metadata file of a wheel, and where it was.
public struct WheelMetadata: Sendable {
  /// The name of its folder, without `.dist-info`: a project and a version, `name-version`.
  public let folder: [UInt8]
  /// The bytes of the file.
  public let bytes: [UInt8]
}

extension ZipReader {
  /// The `METADATA` of a wheel: the one in its one `.dist-info` folder.
  ///
  /// Source: the specification "Binary distribution format".
  ///
  /// - Throws: `ArchiveProblem` if there is not exactly one, or what the reader throws.
  public func wheelMetadata() async throws -> WheelMetadata {
    let suffix = ".dist-info".utf8.count
    var (found, folder): (Int?, [UInt8]?) = (nil, nil)
    var hasOtherFolder = false
    for (index, member) in directory.members.enumerated() {
      let name = directory.name(of: member)
      guard let slash = Self.firstSlash(of: name),
        name.extracting(..<slash).hasSuffix(".dist-info")
      else { continue }
      let top = Array(copying: name.extracting(..<slash))
      if let folder, folder != top { hasOtherFolder = true }
      folder = folder ?? top
      guard slash + 9 == name.count, name.hasSuffix("/METADATA") else { continue }
      if found != nil { throw ArchiveProblem(.twoMetadataFiles) }
      found = index
    }
    if hasOtherFolder { throw ArchiveProblem(.twoFolders) }
    guard let found, let folder else { throw ArchiveProblem(.noMetadata, "no METADATA") }
    return WheelMetadata(
      folder: Array(folder.dropLast(suffix)),
      bytes: try await content(of: found)
    )
  }

  /// The `PKG-INFO` of an egg.
  ///
  /// - Returns: Its bytes; nil if there is none.
  /// - Throws: `ArchiveProblem`, or what the reader throws.
  public func eggMetadata() async throws -> [UInt8]? {
    let path = Array("EGG-INFO/PKG-INFO".utf8)
    let found = directory.members.firstIndex {
      directory.name(of: $0).isEqual(to: path.span)
    }
    guard let found else { return nil }
    return try await content(of: found)
  }

  /// The `PKG-INFO` in the one folder of a source archive.
  ///
  /// - Returns: Its bytes; nil if there is none.
  /// - Throws: `ArchiveProblem`, also if there are two; or what the reader throws.
  public func packageInfo() async throws -> [UInt8]? {
    let found = directory.members.indices.filter {
      SourceArchive.isPackageInfo(directory.name(of: directory.members[$0]))
    }
    guard let first = found.first else { return nil }
    guard found.count == 1 else { throw ArchiveProblem(.twoMetadataFiles) }
    return try await content(of: first)
  }

  private static func firstSlash(of name: borrowing Span<UInt8>) -> Int? {
    for index in name.indices where name[index] == UInt8(ascii: "/") { return index }
    return nil
  }
}
