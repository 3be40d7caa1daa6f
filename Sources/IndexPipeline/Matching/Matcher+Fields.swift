import IndexModel

extension Matcher {
  /// The conditions that an object may have; all of them must hold.
  package static var fields: [FieldSpec] { texts + facts + joins }

  /// The conditions that are patterns for a text of the record.
  private static let texts = [
    FieldSpec(
      "project",
      "The name of the project, compared in its normalized form.",
      .globs,
      example: #""acme-*""#
    ),
    FieldSpec("filename", "The file name.", .globs, example: #"["*.egg", "*.exe"]"#),
    FieldSpec(
      "python",
      "A Python tag of a wheel; each of several joined by a dot is compared.",
      .globs,
      example: #"["py3", "cp31?"]"#
    ),
    FieldSpec("abi", "An ABI tag of a wheel.", .globs, example: #""abi3""#),
    FieldSpec(
      "platform",
      "A platform tag of a wheel.",
      .globs,
      example: #"["any", "manylinux*_x86_64"]"#
    ),
    FieldSpec("source", "The id of the source that the record is from.", .globs),
  ]

  private static let facts = [
    FieldSpec(
      "version",
      "The version, as PEP 440 compares it; one that PEP 440 refuses meets `===` only.",
      .oneOrMore(.string),
      example: #""<2""#
    ),
    FieldSpec(
      "kind",
      "The format of the file.",
      .oneOrMore(.choice(DistributionKind.allCases.map { "\($0)" })),
      example: #""sdist""#
    ),
    FieldSpec("prerelease", "Whether the version is a pre-release.", .boolean),
    FieldSpec("yanked", "Whether the file is yanked.", .boolean),
    FieldSpec(
      "uploaded_after",
      "Uploaded at this moment or later; a file whose time is not known counts as uploaded now.",
      .moment,
      example: #""7d""#
    ),
    FieldSpec(
      "uploaded_before",
      "Uploaded before this moment; a file whose time is not known counts as uploaded now.",
      .moment,
      example: #""2020-01-01""#
    ),
    FieldSpec(
      "requires_python_allows",
      "A version of Python that may install the file; one that says nothing allows all.",
      .oneOrMore(.string),
      example: #""3.11""#
    ),
    FieldSpec(
      "size",
      "The size of the file; one whose size is not known meets no bounds.",
      .object(sizeFields),
      example: #"{ "at_least": "100MiB" }"#
    ),
  ]

  private static let joins = [
    FieldSpec("any", "One of these matchers holds.", .list(.matcher)),
    FieldSpec("all", "All of these matchers hold.", .list(.matcher)),
    FieldSpec("not", "This matcher does not hold.", .matcher),
  ]

  static let sizeFields = [
    FieldSpec("at_least", "The least size.", .size, example: #""1MiB""#),
    FieldSpec("at_most", "The greatest size.", .size, example: #""2GiB""#),
  ]

  /// A file of patterns, in place of a pattern.
  static let fileField = FieldSpec(
    "file",
    "A file with a pattern on each line, read when the run starts.",
    .path,
    isRequired: true,
    example: #""allowed.txt""#
  )
}
