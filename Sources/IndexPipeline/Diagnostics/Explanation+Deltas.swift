// Codes of archives that hold only what changed.
extension Explanation {
  static let ofDeltas = [
    Explanation(
      "changed-index",
      "A delta archive applies to an index that is, page by page, as it was published. In this "
        + "folder a page was changed, is missing, or is there besides: with the archive, it would "
        + "not become the index that it was made of.",
      remedy: "look with `larder verify` what differs, and unpack a whole archive in its place."
    ),
    Explanation(
      "damaged-delta",
      "A delta archive holds something else than pages whose digests its manifest has: it was "
        + "damaged on the way, or made to do harm. Nothing of it was used.",
      remedy: "carry it over again, and compare its SHA-256 with that of where it was made."
    ),
    Explanation(
      "delta-archive",
      "An archive that the sink `tarball` made with \"since\" holds only the pages that changed, so "
        + "that most of what it links to is not in it.",
      remedy: "apply it to a folder with `larder apply`, and verify the folder."
    ),
    Explanation(
      "no-delta-archive",
      "`larder apply` takes archives that the sink `tarball` made with \"since\": they say in "
        + "larder/delta.json what they apply to.",
      remedy: "unpack a whole archive with `tar` or `unzip`, or set \"since\" where it is made."
    ),
    Explanation(
      "no-index",
      "There is no larder/manifest.jsonl in the folder that a delta archive is to be applied to.",
      remedy: "name the folder that a whole archive was unpacked to, and the folder in it that the "
        + "index is in, if the archive has a \"prefix\"."
    ),
    Explanation(
      "other-manifest",
      "A delta archive is the difference between two indexes, and the folder holds neither of them. "
        + "What they are is told by the SHA-256 of larder/manifest.jsonl.",
      remedy: "apply the archives that lie between, in their order, or unpack a whole one."
    ),
    Explanation(
      "unreadable-base",
      "The archive or manifest that \"since\" names cannot be read, so that nobody knows what has "
        + "changed.",
      remedy: "name the archive that was carried over last, or the larder/manifest.jsonl of it."
    ),
  ]
}
