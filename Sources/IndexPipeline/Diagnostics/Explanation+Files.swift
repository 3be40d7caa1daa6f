// Codes of mistakes in the files behind records.
extension Explanation {
  static let ofFiles = [
    Explanation(
      "broken-file",
      "A file is no such archive as its name says, is built so that two programs would see two "
        + "things in it, or holds the metadata of another project or version. Installers would "
        + "refuse it too.",
      remedy: "build it anew under a new version, or set \"on_error\": \"skip\", which leaves such "
        + "files out and counts them."
    ),
    Explanation(
      "changing-file",
      "A file was changed between two requests, several times in a row, so that no two parts of it "
        + "are of one version.",
      remedy: "try again when the upload is over; files whose names are used again and again have no "
        + "lasting digest."
    ),
    Explanation(
      "incomplete-hashes",
      "Some files of a project have a digest and others would have none. A tool that locks digests "
        + "cannot lock such a project, and nothing tells why.",
      remedy: "let whole files be read, take the digest out of \"hashes\", or choose what becomes "
        + "of such projects by \"incomplete\"."
    ),
    Explanation(
      "no-ranges",
      "The metadata in a file is to be read without the rest of it, but its server sends all of it, "
        + "or other parts than it was asked for.",
      remedy: "allow \"files\": \"whole\"; or set \"metadata\": false if it is not needed."
    ),
    Explanation(
      "not-a-file",
      "A page came where a file should be, such as one to sign in or one that says that nothing is "
        + "there. Its digest would be that of the page.",
      remedy: "open the URL in a browser; give \"origin\" and a login if the server wants one."
    ),
    Explanation(
      "unknown-place",
      "Something of a file is missing that only the file tells, and its record does not say where "
        + "on the web it is.",
      remedy: "give \"base_url\", the folder of such files, or leave them to other transforms by "
        + "\"where\"."
    ),
    Explanation(
      "unwritable-folder",
      "A file could not be kept while it was read: the folder for such files is missing, is full, or "
        + "must not be written to.",
      remedy: "name a folder with room for the largest files by the variable TMPDIR."
    ),
    Explanation(
      "wrong-hash",
      "A file has another digest than its record says. Either the listing is wrong, or the file was "
        + "replaced or tampered with. Nothing was published.",
      remedy: "find out which of the two is right, and mend the other; never copy the new digest "
        + "without knowing why it changed."
    ),
    Explanation(
      "wrong-size",
      "A file has another size than its record says exactly, so that the two are not of one file.",
      remedy: "find out which of the two is right, and mend the other."
    ),
  ]
}
