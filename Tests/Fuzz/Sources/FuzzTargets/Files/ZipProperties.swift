@testable import IndexTransport

/// How much of an archive is read at first makes no difference; members lie one behind the other.
///
/// Of several faults that its end has, another one may be met first.
enum ZipProperties {
  static func check(_ archive: [UInt8]) {
    var generator = InputGenerator(archive)
    let tail = Int.random(in: 1...200, using: &generator)
    let (whole, part) = InlineExecutor.value {
      (await Reading(archive, tail: 16 << 10), await Reading(archive, tail: tail))
    }
    let areRefused = whole.problem != nil && part.problem != nil
    require(
      whole == part || areRefused,
      "the size of the first read makes a difference: \(whole) or \(part)"
    )
  }

  private struct Reading: Equatable, Sendable {
    var names: [[UInt8]] = []
    var contents: [Result<[UInt8], ArchiveProblem>] = []
    var headers: ArchiveProblem?
    var metadata: Result<[UInt8], ArchiveProblem>?
    var others: [Result<[UInt8]?, ArchiveProblem>] = []
    var problem: ArchiveProblem?

    init(_ archive: [UInt8], tail: Int) async {
      do {
        let reader = try await ZipReader(MemoryRanges(archive), tail: tail)
        await read(reader, size: archive.count)
      } catch {
        problem = Self.known(error)
      }
    }

    private mutating func read(_ reader: ZipReader<MemoryRanges>, size: Int) async {
      let directory = reader.directory
      require(directory.members.count <= ArchiveLimits.memberCount, "there are too many members")
      var end = 0
      for (index, member) in directory.members.enumerated() {
        let name = [UInt8](of: directory.name(of: member))
        require(name.isUTF8 && name.allSatisfy { $0 >= 0x20 && $0 != 0x7F }, "a name is unsafe")
        names.append(name)
        require(member.offset == end, "there is a gap between two members")
        end = directory.extent(of: index).upperBound
        require(end <= size && member.size >= 0, "a member is behind the end")
      }
      require(Set(names).count == names.count, "two members have one name")
      do { try await reader.checkHeaders() } catch { headers = Self.known(error) }
      for index in directory.members.indices.prefix(8) {
        let content = await Self.result { try await reader.content(of: index) }
        if case .success(let bytes) = content {
          let member = directory.members[index]
          require(bytes.count == member.size, "a content has not its size")
          require(bytes.count <= ArchiveLimits.metadataSize, "a content is too large")
        }
        contents.append(content)
      }
      metadata = await Self.result { try await reader.wheelMetadata().bytes }
      others = [
        await Self.result { try await reader.eggMetadata() },
        await Self.result { try await reader.packageInfo() },
      ]
    }

    private static func result<Value>(
      _ work: () async throws -> Value
    ) async -> Result<Value, ArchiveProblem> {
      do { return .success(try await work()) } catch { return .failure(known(error)) }
    }

    private static func known(_ error: any Error) -> ArchiveProblem {
      guard let problem = error as? ArchiveProblem else { fatalError("\(error)") }
      require(problem.trick != .library, "libarchive is missing")
      return problem
    }
  }
}

/// The metadata of a source archive has its limit, and is the same each time.
enum TarProperties {
  static func check(_ archive: [UInt8]) {
    let results = [read(archive), read(archive)]
    require(results[0] == results[1], "a source archive is read in two ways")
    if case .success(let content?) = results[0] {
      require(content.count <= ArchiveLimits.metadataSize, "metadata is too large")
    }
  }

  private static func read(_ archive: [UInt8]) -> Result<[UInt8]?, ArchiveProblem> {
    do throws(ArchiveProblem) {
      return .success(try SourceArchive.packageInfo(inTar: archive.span))
    } catch {
      require(error.trick != .library, "libarchive is missing")
      return .failure(error)
    }
  }
}
