// Codes of folders that distributions are read from.
extension Explanation {
  static let ofFolders = [
    Explanation(
      "broken-distribution",
      "A file is not what its name says: it is cut off, its metadata is of another project, or it "
        + "is an archive in which two programs would see two things. PyPI refuses such files too, "
        + "and installers may fail on them, or worse, not fail.",
      remedy: "build the file again. To go on without it, leave it out with \"exclude\", or give "
        + "\"on_error\": \"skip\", which counts what is left out."
    ),
    Explanation(
      "duplicate-file",
      "Two files in different folders have one name and different bytes. An index has one file of "
        + "a name, which stands for the same bytes forever.",
      remedy: "rename or remove one of them, or leave it out with \"exclude\"."
    ),
    Explanation(
      "file-changed",
      "A file was changed while it was read, also after some attempts: what would be published of "
        + "it might be true of no file.",
      remedy: "write files under a name that begins with a dot, and rename them when they are "
        + "complete."
    ),
    Explanation(
      "metadata-not-written",
      "The metadata of a wheel was to be written beside it, and could not be.",
      remedy: "check the permissions of the folder, or give \"publish_metadata\": false."
    ),
    Explanation(
      "missing-library",
      "A library of the system that is loaded when it is first needed is not there, or too old.",
      remedy: "install it; on Debian, libssl3 and libarchive13. Descriptions of projects that are "
        + "in Markdown need libmd4c0; with \"descriptions\": false, a source leaves them out."
    ),
  ]
}
