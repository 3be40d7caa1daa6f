/// What becomes of pages that are not part of an index any more.
public enum StalePages: String, CaseIterable, Sendable {
  /// They go, last of all.
  case delete
  /// They stay, and nothing links to them.
  case keep
}
