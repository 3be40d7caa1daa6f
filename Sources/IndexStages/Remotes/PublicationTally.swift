import IndexPipeline
import IndexRendering
import StrictJSON

/// How far a publication has come, page by page.
struct PublicationTally: Sendable {
  /// The pages that were given, by what they are.
  private var given: [PageRole: Int] = [:]
  /// The pages of which the place said that it has them.
  private var answered: [PageRole: Int] = [:]
  /// Why no more are sent.
  private(set) var failure: StageFailure?

  mutating func give(_ role: PageRole) { given[role, default: 0] += 1 }

  mutating func answer(_ role: PageRole) { answered[role, default: 0] += 1 }

  /// Whether readers can see that a publication was begun.
  var isVisible: Bool { !answered.isEmpty }

  /// Takes why no more pages are sent; the first reason counts.
  mutating func stop(_ failure: StageFailure) { self.failure = self.failure ?? failure }

  /// What a person is told of a publication that stopped half-way.
  ///
  /// - Parameters:
  ///   - failure: Why it stopped.
  ///   - title: What messages call the sink.
  func partialPublication(_ failure: StageFailure, title: String) -> StageFailure {
    let done = answered.values.reduce(0, +)
    let all = given.values.reduce(0, +)
    let rest = all - done
    let prefix = Array("\(title): ".utf8)
    let cause =
      failure.message.utf8.starts(with: prefix)
      ? "PUT " + String(decoding: failure.message.utf8.dropFirst(prefix.count), as: UTF8.self)
      : failure.message
    let projects = answered[.project] ?? 0
    let others = done - projects
    var published = "\(projects.of("project page")) (new and changed)"
    if others > 0 { published += " and \(others.of("other page"))" }
    let next = others > 0 ? "deletions" : "the root index and deletions"
    let roots = others > 0 ? "a mix of old and new root pages" : "the old root index"
    let pages = others > 0 ? "the new project pages" : "a mix of old and new project pages"
    let attempts = failure.diagnostic.remarks.filter {
      $0.label.utf8.elementsEqual("attempts".utf8)
    }
    var partial = StageFailure(
      failure.kind,
      Diagnostic(
        code: "partial-publish",
        "\(title) stopped after \(done.grouped) of \(all.grouped) changes: \(cause)",
        remarks: attempts + [
          Remark(
            "published",
            "\(published); not published: \(rest.of("page")); \(next) had not started"
          ),
          Remark("effect", "installers see \(roots) and \(pages); every link they see works"),
        ] + help(of: failure) + [
          .help(
            "run the same command again: unchanged pages are skipped, "
              + "\(rest.grouped) \(rest == 1 ? "upload remains" : "uploads remain")"
          )
        ]
      )
    )
    partial.isPartial = true
    return partial
  }

  private func help(of failure: StageFailure) -> [Remark] {
    failure.help.map { [.help($0)] } ?? []
  }
}
