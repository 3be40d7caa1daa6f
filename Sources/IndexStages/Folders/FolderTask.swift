import IndexModel
import IndexPipeline
import IndexTransport
import StrictJSON

/// Makes records of a folder: looks through it, reads what no earlier run has read, and writes down
/// what is known.
struct FolderTask {
  let source: DirectorySource
  let folder: FactsReader.Folder
  let context: StageContext?
  var facts: [FileIdentity: FileFacts] = [:]
  /// The places of the distributions whose descriptions are wanted.
  private(set) var described: Set<Int> = []
  var descriptions = DescriptionTexts()
  /// The metadata files in distributions that were read in this run, by the distributions' paths.
  private(set) var metadata: [[UInt8]: [UInt8]] = [:]
  private(set) var problems: [(file: FoundFile, problem: FileProblem)] = []

  init(_ source: DirectorySource, _ folder: consuming Directory, _ context: StageContext?) {
    self.source = source
    self.folder = FactsReader.Folder(folder)
    self.context = context
  }

  /// Does all of it.
  mutating func run(into output: inout SourceOutput) async throws {
    let start = FileTime.now
    let place = cacheFolder
    async let kept = FactsCache(in: place)
    async let keptDescriptions = source.takesDescriptions ? DescriptionCache(in: place) : nil
    var scan = FolderScan(isRecursive: source.isRecursive, exclusions: source.exclusions)
    do throws(IOFailure) {
      try scan.look(through: folder.directory)
    } catch {
      throw source.failure(unreadable: error.path, error.code)
    }
    let (cache, descriptionCache) = await (kept, keptDescriptions)
    facts = cache.facts
    if let descriptionCache {
      described = scan.newest
      descriptions = descriptionCache.texts
    }
    let jobs = jobs(of: scan)
    await read(jobs, into: &output)
    try report(scan, into: &output)
    descriptionCache?.keep(descriptions, describedMetadata(in: scan))
    try write(scan, into: &output)
    let isKept = jobs.isEmpty && scan.distributions.count + scan.companions.count == facts.count
    if !isKept { cache.keep(facts(of: scan), from: start) }
  }

  /// The digests of the metadata whose descriptions are wanted.
  private func describedMetadata(in scan: FolderScan) -> Set<String> {
    let digests = described.compactMap { place in
      facts[scan.distributions[place].identity].flatMap { describedMetadata(at: place, $0) }
    }
    return Set(digests)
  }

  /// The digest of the metadata of a distribution whose description is wanted; nil without any.
  private func describedMetadata(at place: Int, _ known: FileFacts) -> String? {
    guard described.contains(place), case .found(_, let digest) = known.metadata else { return nil }
    return digest
  }

  /// The description of a distribution; nil if it has none, or none that is wanted.
  func description(at place: Int, _ known: FileFacts) -> DescriptionTexts.Place? {
    describedMetadata(at: place, known).flatMap { descriptions.places[$0] }
  }

  /// Whether the description of a distribution need not be read.
  private func isDescriptionKnown(at place: Int, _ known: FileFacts) -> Bool {
    guard let digest = describedMetadata(at: place, known) else { return true }
    return descriptions.places[digest] != nil
  }

  /// The facts of the files that are there.
  private func facts(of scan: FolderScan) -> [FileIdentity: FileFacts] {
    var known: [FileIdentity: FileFacts] = [:]
    for file in scan.distributions + scan.companions.values {
      known[file.identity] = facts[file.identity]
    }
    return known
  }

  private var cacheFolder: StageCache? {
    guard source.keepsFacts, let context else { return nil }
    return StageCache(ofPipelineIn: source.pipelineFolder, context)
  }

  private func jobs(of scan: FolderScan) -> [FolderReading.Job] {
    let twins = scan.twins
    var jobs: [FolderReading.Job] = []
    for (place, file) in scan.distributions.enumerated() {
      let known = facts[file.identity] ?? FileFacts()
      let needsDigest = source.takesDigest || twins.contains(file.filename)
      let wish = FactsReader.Wish(
        digest: needsDigest && known.digest == nil,
        metadata: source.takesMetadata,
        description: described.contains(place),
        bytes: isToPublish(file, scan)
      )
      let isKnown =
        known.answers(digest: needsDigest, metadata: wish.metadata)
        && isDescriptionKnown(at: place, known)
      if !isKnown || wish.bytes { jobs.append(.init(file: file, wish: wish)) }
      if source.takesMetadata, let companion = scan.companion(of: file, Self.metadataEnding) {
        let isKnown = facts[companion.identity]?.digest != nil
        let wish = FactsReader.Wish(digest: true)
        if !isKnown { jobs.append(.init(file: companion, wish: wish)) }
      }
      if let signature = scan.companions[file.path + Self.signatureEnding], isOffering,
        facts[signature.identity]?.digest == nil
      {
        jobs.append(.init(file: signature, wish: .init(digest: true)))
      }
    }
    return jobs
  }

  static let metadataEnding = Array(".metadata".utf8)
  static let signatureEnding = Array(".asc".utf8)

  /// Whether a sink takes the bytes of files.
  private var isOffering: Bool { (context?.publishedFiles ?? .none) != .none }

  /// Whether metadata is written in this run, and not only planned.
  var isPublishing: Bool { source.publishesMetadata && context?.mode != .plan }

  /// Whether the metadata of a file is to be written beside it.
  private func isToPublish(_ file: FoundFile, _ scan: FolderScan) -> Bool {
    isPublishing && file.isWheel
      && scan.companion(of: file, Self.metadataEnding) == nil
  }

  private mutating func read(
    _ jobs: [FolderReading.Job],
    into output: inout SourceOutput
  ) async {
    let context = context
    let outcomes = await FolderReading(reader: FactsReader(folder: folder)).read(jobs) { done in
      context?.advance(done, of: jobs.count)
    }
    for (job, outcome) in zip(jobs, outcomes) {
      switch outcome {
      case .success(let read):
        var new = read.facts
        new.digest = new.digest ?? facts[job.file.identity]?.digest
        facts[job.file.identity] = new
        if let bytes = read.metadata { metadata[job.file.path] = bytes }
        if let description = read.description, case .found(_, let digest) = new.metadata {
          descriptions.add(description, of: digest)
        }
        output.byteCount += Int(job.file.identity.size)
      case .failure(let problem): problems.append((job.file, problem))
      }
    }
  }
}
