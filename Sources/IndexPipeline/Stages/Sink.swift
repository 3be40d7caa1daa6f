public import IndexRendering

/// A place that an index is published to.
///
/// Contract, checked for every sink:
/// 1. `inventory` and `begin` change nothing that a reader of the index can see.
/// 2. `SinkSession/write` may be called from several tasks at once, with whole pages or with parts
///    of a page that follow each other from one task.
/// 3. All project pages are written before the first root page, and those before state pages.
/// 4. Readers see the old index until `SinkSession/commit`, and the new one after it. A sink that
///    cannot switch in one step says so in its documentation.
/// 5. After a failure, `SinkSession/abandon` leaves the old index as it was.
/// 6. One that ``publishesFiles`` is given files before the first page, and readers never see a part
///    of one under its name.
/// 7. One that ``sendsChangesOnly`` is given the pages whose bytes are not those of its inventory,
///    and told by `SinkSession/remove(_:)` which pages go.
public protocol Sink: Stage {
  /// Whether pages that did not change are not written to it again, as to a place that takes each
  /// page by itself; by default, all pages are.
  var sendsChangesOnly: Bool { get }

  /// Whether a publication that changes anything gives it every page, as to a place that is made
  /// anew as a whole, and would have to read what stays; by default, pages of projects that did not
  /// change are not rendered.
  var takesAllPages: Bool { get }

  /// Whether it takes the files of distributions too; by default, it takes pages only.
  var publishesFiles: Bool { get }

  /// In which codings it keeps a compressed copy of each page beside it; none by default.
  ///
  /// The manifest tells of them. An inventory of pages with copies in other codings must not have one.
  var codings: [ContentCoding] { get }

  /// Looks which of some files are not there, and changes nothing.
  ///
  /// - Parameter files: Files that its inventory does not tell of.
  /// - Returns: Those that are missing, all by default; the others are there with the same bytes.
  /// - Throws: `StageFailure` if one has other bytes, such as
  ///   ``StageFailure/init(otherBytesAt:)``, or if that cannot be found out.
  func missing(of files: [OutgoingFile]) async throws -> [OutgoingFile]

  /// Says what it holds now, and changes nothing.
  ///
  /// - Returns: Its pages; ``Inventory/unknown`` by default, with which guards against losses
  ///   cannot be kept.
  /// - Throws: `StageFailure` when that cannot be read.
  func inventory() async throws -> Inventory

  /// Makes ready for a publication.
  ///
  /// - Parameter publication: What will be written and what stays.
  /// - Throws: `StageFailure` when the place cannot be written, naming it and the remedy.
  func begin(_ publication: Publication) async throws -> any SinkSession

  /// Makes the index that was there before the present one the index again.
  ///
  /// - Throws: `StageFailure` when there is none, or the place keeps none, as by default.
  func rollBack() async throws
}

extension Sink {
  /// Takes all pages.
  public var sendsChangesOnly: Bool { false }

  /// Keeps what did not change.
  public var takesAllPages: Bool { false }

  /// Takes pages only.
  public var publishesFiles: Bool { false }

  /// Keeps no copies.
  public var codings: [ContentCoding] { [] }

  /// Does not look.
  public func missing(of files: [OutgoingFile]) async throws -> [OutgoingFile] { files }

  /// Cannot say.
  public func inventory() async throws -> Inventory { .unknown }

  /// Keeps no earlier index.
  public func rollBack() async throws {
    throw StageFailure(
      .publish,
      code: "no-earlier-index",
      "a sink of type \(Self.info.type) keeps no index of before the present one",
      help: "publish again from what the sources said then"
    )
  }
}

/// One publication under way.
public protocol SinkSession: Sendable {
  /// Takes the files of distributions, once and before all pages, if there are any to be sent.
  ///
  /// - Throws: `StageFailure` when a file cannot be written, or has not the SHA-256 that it should.
  func write(files: [OutgoingFile]) async throws

  /// Takes pages.
  ///
  /// - Parameter batch: The pages, which the caller reuses afterwards.
  /// - Throws: `StageFailure` when a page cannot be written.
  func write(_ batch: borrowing PageBatch) async throws

  /// Learns which pages of its inventory are not part of the index any more, once, after all are
  /// written and before the switch.
  ///
  /// - Parameter paths: Their paths, sorted; only for a sink that ``Sink/sendsChangesOnly``.
  /// - Throws: `StageFailure` when that cannot be prepared.
  func remove(_ paths: [[UInt8]]) async throws

  /// Makes what was written the index.
  ///
  /// - Returns: Warnings, one line each: what is left over of the old index, and why.
  /// - Throws: `StageFailure` when the switch fails; the old index is then still in place.
  func commit() async throws -> [String]

  /// Discards what was written; the old index stays.
  func abandon() async
}

extension SinkSession {
  /// Takes none.
  public func write(files: [OutgoingFile]) async throws {}

  /// Nothing: what is not written anew goes by itself.
  public func remove(_ paths: [[UInt8]]) async throws {}
}

/// What a run publishes.
public struct Publication: Sendable {
  /// What becomes of the pages of the present index that are not written anew.
  public enum Unwritten: Sendable {
    /// They go: the pages written are the whole index.
    case removed
    /// They stay, but for those of the named projects, which changed or are gone.
    case kept(except: Set<[UInt8]>)
  }

  /// What becomes of pages that are not written anew.
  public var unwritten: Unwritten
  /// The paths of pages of projects that may be written, if they are few enough to be known before.
  public var projectPages: [[UInt8]] = []
  /// The paths of files that Larder published and that go, after all else.
  public var removedFiles: Set<[UInt8]> = []

  /// Creates a publication.
  ///
  /// - Parameter unwritten: What becomes of pages that are not written anew.
  public init(unwritten: Unwritten = .removed) { self.unwritten = unwritten }
}
