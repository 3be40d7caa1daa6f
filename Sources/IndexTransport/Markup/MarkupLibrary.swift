internal import CXML2

/// libxml2, loaded when a page is first read.
enum MarkupLibrary {
  /// Loads it.
  ///
  /// - Throws: `MarkupProblem` with `noLibrary` and what the loader says.
  static func load() throws(MarkupProblem) {
    guard let words = unsafe cxml2_load() else { return }
    let said = unsafe String(cString: words)
    throw MarkupProblem(.noLibrary, "cannot load libxml2: \(said)", at: 0)
  }

  /// What a reader says of the page it refused.
  static func problem(
    _ problem: cxml2_problem,
    at offset: Int,
    said message: String,
    code: Int32
  ) -> MarkupProblem {
    let (kind, text): (MarkupProblem.Code, String) =
      switch problem {
      case CXML2_NO_MEMORY: (.noMemory, "no memory is left")
      case CXML2_TOO_DEEP: (.tooDeep, "elements are nested more than 200 deep")
      case CXML2_TAG_TOO_LONG: (.tagTooLong, "a tag is too long")
      case CXML2_TOO_MANY_ATTRIBUTES: (.tooManyAttributes, "a tag has too many attributes")
      case CXML2_TEXT_TOO_LONG: (.textTooLong, "a text or a comment is longer than 1 MiB")
      case CXML2_DOCTYPE: (.doctype, "the DOCTYPE declares what is not read")
      case CXML2_BAD_COMMENT: (.ambiguousComment, "it is not clear where a comment ends")
      case CXML2_HIDDEN_LINK: (.hiddenLink, "a link stands where browsers see text")
      case CXML2_LATE_BASE: (.lateBase, "<base> comes after the first link")
      case CXML2_TOO_MANY_METAS: (.tooManyMetas, "the <meta> elements are larger than 16 KiB")
      case CXML2_LEFT_OVER: (.leftOver, "the page goes on after its end")
      default: (.syntax, "libxml2: \(message) (error \(code))")
      }
    return MarkupProblem(kind, text, at: offset)
  }
}
