import StrictJSON

/// What is learnt while a pipeline file and its parts are read.
final class PipelineLog {
  /// Something that is wrong with a text, of which the excerpt is made when all is known that must
  /// not be shown.
  struct Draft {
    var severity = Diagnostic.Severity.error
    let code: String
    let message: String
    let text: PipelineText
    let pointer: JSONPointer
    var marks: [(range: Range<Int>, note: String)]
    var showsNextLine = false
    var remarks: [Remark] = []
  }

  /// A placeholder for which there is no value.
  struct Gap {
    let text: PipelineText
    let pointer: JSONPointer
    let range: Range<Int>
    let reason: String
  }

  let surroundings: Surroundings
  let registry: Registry
  private var drafts: [Draft] = []
  private(set) var gaps: [Gap] = []
  /// Every placeholder, in the order it was met.
  private(set) var placeholders: [PlaceholderUse] = []
  /// Every setting, in the order it was asked for.
  private(set) var settings: [EffectiveSetting] = []
  /// The matchers of stages that run.
  var matchers: [Matcher] = []
  /// The sources that matchers name.
  var references: [SourceReference] = []
  var secrets = Secrets()
  /// Whether a placeholder stands for something that nobody looked for.
  private(set) var hasUnknowns = false
  /// Whether the stage that is read is not enabled: it needs no values then.
  var isIdle = false

  init(_ surroundings: Surroundings = Surroundings(), _ registry: Registry = Registry()) {
    self.surroundings = surroundings
    self.registry = registry
  }

  /// Whether anything said so far keeps the pipeline from running.
  var hasErrors: Bool { drafts.contains { $0.severity == .error } }

  func add(_ draft: Draft) {
    // A field that is read twice is wrong once.
    let isKnown = drafts.contains { other in
      other.text === draft.text && other.code.utf8.elementsEqual(draft.code.utf8)
        && other.marks.first?.range == draft.marks.first?.range && other.pointer == draft.pointer
        && other.message.utf8.elementsEqual(draft.message.utf8)
    }
    if !isKnown { drafts.append(draft) }
  }

  func note(_ setting: EffectiveSetting) { settings.append(setting) }

  /// Takes account of a placeholder; a gap is only one if its stage runs.
  func note(_ placeholder: PlaceholderUse, gap: Gap?) {
    placeholders.append(placeholder)
    if placeholder.state == .unknown { hasUnknowns = true }
    guard let gap, !isIdle else { return }
    if surroundings.toleratesGaps {
      hasUnknowns = true
      return
    }
    if !gaps.contains(where: { $0.text === gap.text && $0.range == gap.range }) { gaps.append(gap) }
  }

  /// Lets go of the texts, which hold the log: nothing more is said of them.
  func forgetTexts() {
    drafts = []
    gaps = []
    references = []
  }

  /// All that was said, in the order of the file; parts stand where they are included.
  var diagnostics: [Diagnostic] {
    drafts.sorted { a, b in
      a.text.order(of: a).lexicographicallyPrecedes(b.text.order(of: b))
    }.map { secrets.masking($0.text.diagnostic(of: $0)) }
  }
}
