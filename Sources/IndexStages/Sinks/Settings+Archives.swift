import IndexModel
import IndexPipeline
import StrictJSON

extension Settings {
  /// Reads how an archive is made; what is not given follows from its name.
  mutating func archiveFormat(of path: String) -> ArchiveFormat {
    let container: ArchiveFormat.Container? = choice(
      "format",
      "How files stand in the archive; by default, its name tells."
    )
    let compression: ArchiveFormat.Compression? = choice(
      "compression",
      "How it is compressed; by default, its name tells. A zip archive takes `none` and `deflate`.",
      synonyms: [("gz", .gzip), ("zst", .zstd), ("lzma", .xz), ("store", .none)]
    )
    var format = ArchiveFormat(of: path) ?? ArchiveFormat(.tar, .none)
    if container == nil && compression == nil && ArchiveFormat(of: path) == nil && !path.isEmpty {
      refuse(
        "wrong-value",
        "\"\(path)\" does not tell what kind of archive it is",
        field: "path",
        help: "let it end in .tar, .tar.gz, .tar.zst, .tar.xz or .zip, or set \"format\""
      )
    }
    if let container, container != format.container {
      format = ArchiveFormat(container, container == .zip ? .deflate : .none)
    }
    if let compression { format.compression = compression }
    if !format.isPossible {
      refuse(
        "wrong-value",
        "no \(format.container.rawValue) archive is compressed with \(format.compression.rawValue)",
        field: "compression",
        notes: ["tar: none, gzip, zstd, xz", "zip: none, deflate"]
      )
    }
    return format
  }

  /// Reads how hard an archive is compressed.
  mutating func archiveLevel(of format: ArchiveFormat) -> Int {
    let level = integer(
      "level",
      "How hard it is compressed: 1 to 12 for gzip and zip (6 if not given), 1 to 19 for zstd (3), "
        + "0 to 9 for xz (6).",
      in: 0...19,
      example: 9
    )
    guard let level else { return format.defaultLevel }
    guard let levels = format.levels else {
      refuse("wrong-value", "there is no \"level\" without a compression", field: "level")
      return level
    }
    if !levels.contains(level) {
      refuse(
        "wrong-value",
        "\"level\" must be \(levels.lowerBound) to \(levels.upperBound) for "
          + format.compression.rawValue,
        field: "level"
      )
    }
    return level
  }

  /// Reads the time of change of all files, in seconds since 1970.
  mutating func archiveTime() -> Int? {
    let text = string(
      "mtime",
      "The time of change of all files, from 1970 to 2242. By default it is `SOURCE_DATE_EPOCH`, "
        + "and without that the newest upload time of the index.",
      example: "2026-11-22T00:00:00Z"
    )
    guard let text else { return nil }
    if let time = Timestamp(rfc3339: text.utf8Span.span)?.seconds,
      (0...TarHeader.greatestNumber).contains(Int(time))
    {
      return Int(time)
    }
    refuse(
      "wrong-value",
      "\"mtime\": \"\(text)\" is no time from 1970 to 2242",
      field: "mtime",
      caret: "such as 2026-11-22T00:00:00Z"
    )
    return nil
  }

  /// Reads what the archive is to be the difference to.
  mutating func archiveBase(besides path: String) -> String? {
    let since = self.path(
      "since",
      "An earlier archive, or its `larder/manifest.jsonl`: the archive then holds only the pages "
        + "that are new or changed since, for `larder apply`.",
      example: "dist/before.tar.zst"
    )
    if let since, since.utf8.elementsEqual(path.utf8) {
      refuse(
        "wrong-value",
        "\"since\" is the archive that is written",
        field: "since",
        help: "keep the earlier archive under another name"
      )
    }
    return since
  }

  /// Reads the folder in the archive that the index is in.
  mutating func archivePrefix() -> String {
    let prefix = string(
      "prefix",
      "The folder in the archive that the index is in; by default, it is in none.",
      example: "public"
    )
    guard let prefix else { return "" }
    let names = prefix.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isSafe = names.allSatisfy { name in
      !name.isEmpty && name.count <= 255 && !name.contains { $0 < 0x20 || $0 == 0x7F || $0 == 0x5C }
        && !name.elementsEqual(".".utf8) && !name.elementsEqual("..".utf8)
    }
    if !isSafe {
      refuse(
        "wrong-value",
        "\"prefix\" must be a relative path without \".\" and \"..\"",
        field: "prefix",
        caret: "such as public or a/b"
      )
    }
    return prefix
  }
}
