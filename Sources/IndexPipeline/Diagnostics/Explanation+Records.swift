// Codes of mistakes in what sources deliver.
extension Explanation {
  static let ofRecords = [
    Explanation(
      "bug",
      "Something happened in Larder that its authors excluded.",
      remedy: "report it with the message and, if you can, the input."
    ),
    Explanation(
      "cannot-read",
      "A file, or standard input, could not be opened or read. A source that cannot be read never "
        + "counts as empty: nothing was published.",
      remedy: "check the path, which starts at the folder of the pipeline file, and permissions."
    ),
    Explanation(
      "conflicting-duplicate",
      "One file name is given twice, with different digests or sizes. Installers keep and pin "
        + "files by name and digest: a file name stands for the same bytes forever, and an index "
        + "with two meanings of it would break someone.",
      remedy: "remove the wrong one. Files that come from several sources on purpose need a merge "
        + "by first-source, which takes a project whole from one of them."
    ),
    Explanation(
      "duplicate-key",
      "A record has one key twice, so that one of the values would have no effect.",
      remedy: "remove one of the two."
    ),
    Explanation(
      "invalid-filename",
      "A name is no name of a distribution: it lacks an extension of one, is a signature or "
        + "metadata beside one, or is a wheel whose name has not the five or six parts that wheel "
        + "names have.",
      remedy: "remove the line, or set \"on_error\": \"skip\" on the source, which leaves such "
        + "lines out and counts them."
    ),
    Explanation(
      "invalid-hash",
      "A digest is not of the form algorithm=digits, has not as many lower-case hexadecimal digits "
        + "as its algorithm makes, or differs from another by the same algorithm.",
      remedy: "give the digest as sha256= and 64 digits."
    ),
    Explanation(
      "invalid-text",
      "A text in a record holds U+0000, which no page can show.",
      remedy: "mend the text where the record is made."
    ),
    Explanation(
      "invalid-time",
      "The time of an upload is no time: neither seconds since 1970 nor a date and time of "
        + "RFC 3339, or outside of the years that can be written.",
      remedy: "write it as \"2026-11-22T10:00:00Z\"."
    ),
    Explanation(
      "invalid-url",
      "A URL cannot stand in a page: it holds spaces, control characters or a fragment, has a "
        + "scheme that installers do not read, or its path does not end in the file name.",
      remedy: "give an absolute URL with https, or a relative one, percent-encoded."
    ),
    Explanation(
      "line-too-long",
      "A line of a list is longer than any record can be, as in a file that is not a list.",
      remedy: "check that the file is what the source expects."
    ),
    Explanation(
      "missing-fact",
      "The URL of a file is made of a template, which asks for a fact that the record has not.",
      remedy: "leave such files out with a filter, give the fact with `set`, or let the transform "
        + "keep the URL of such files: \"on_missing\": \"keep\"."
    ),
    Explanation(
      "missing-url",
      "The pages are to point where the sources say that the files are (`\"file_url\": \"upstream\"`), "
        + "and of one no source says it.",
      remedy: "give its source a \"file_url\", or set one for all files in \"render\"."
    ),
    Explanation(
      "missing-key",
      "A record lacks a key that every record has: \"filename\".",
      remedy: "add it; all else is optional."
    ),
    Explanation(
      "unknown-key",
      "A record has a key that Larder does not know. A mistyped \"requires_python\" that was "
        + "silently dropped would offer files to interpreters that cannot run them.",
      remedy: "see Docs/Records.md for all keys, and remove what is none of them."
    ),
    Explanation(
      "unsafe-filename",
      "A file name is empty, hidden, too long, or holds what has a meaning in paths and URLs. "
        + "File names become paths and links: separators, \"..\", control characters and letters "
        + "outside of ASCII are always refused, in lists of any source.",
      remedy: "remove the line; if it comes from someone else, find out how it got there."
    ),
  ]
}
