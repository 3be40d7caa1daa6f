// Codes of failures to publish.
extension Explanation {
  static let ofPublishing = [
    Explanation(
      "another-publisher",
      "Another run of Larder publishes to the same place just now, or did so after this one had "
        + "begun. Two at once would take turns to undo each other.",
      remedy:
        "run again later. A run that was killed keeps others out of a server or a bucket until its "
        + "\"lease\" is over, five minutes if nothing else is said; a note names the page that "
        + "holds it."
    ),
    Explanation(
      "bad-output-folder",
      "The output folder has a name that no folder can have, or is the root of the filesystem, "
        + "which cannot be put in the place of another.",
      remedy: "name a folder, such as public."
    ),
    Explanation(
      "cannot-keep-file",
      "The output folder holds something that is not Larder's, which could not be taken over into "
        + "the new index. Larder leaves what others keep in the folder, and so stopped.",
      remedy: "do what the help says, or keep such files elsewhere."
    ),
    Explanation(
      "cannot-switch",
      "The new index is complete, but could not be put in the place of the old one in one step. "
        + "The old index is still served.",
      remedy: "publish to a filesystem that can exchange two names, such as ext4, xfs, btrfs or "
        + "tmpfs, and to a folder inside of a mount, not to the mount itself; or page by page, with "
        + "\"mode\": \"files\"."
    ),
    Explanation(
      "cannot-switch-back",
      "Putting the new index in place failed half-way, and so did undoing what was done of it. "
        + "The old index is there, perhaps under the name that the help tells.",
      remedy: "mend what the message and its note say, then rename the folders by hand, or run "
        + "again."
    ),
    Explanation(
      "cannot-write",
      "A file could not be written; the message has the system's own words.",
      remedy: "check the path and its permissions."
    ),
    Explanation(
      "device-error",
      "The disk reported an error.",
      remedy: "see the log of the kernel, and check the disk before anything else."
    ),
    Explanation(
      "disk-full",
      "The filesystem has no room, or no inodes, for a second generation of the index. Pages that "
        + "stay the same take room in both until the switch.",
      remedy: "free space or inodes, or raise the quota. An index needs four files a project."
    ),
    Explanation(
      "file-too-large",
      "A page is larger than this process may write files.",
      remedy: "raise the limit with `ulimit -f`."
    ),
    Explanation(
      "guard-empty-projects",
      "Transforms left out all files of a project, and the guards of the pipeline forbid that. "
        + "Nothing was written.",
      remedy: "`larder why FILENAME` tells which transform it was; if it is meant, set "
        + "\"allow_empty_projects\" in \"guards\"."
    ),
    Explanation(
      "guard-max-removed",
      "More projects or files would disappear from the index than the guards of the pipeline allow "
        + "at once, as when a source is broken and gives too little. Nothing was written.",
      remedy: "look at `larder plan`; if the removal is meant, run once with --allow-removals."
    ),
    Explanation(
      "guard-min-projects",
      "The index would have fewer projects than the guards of the pipeline ask for. Nothing was "
        + "written.",
      remedy: "look at the sources: one of them may have given less than it should."
    ),
    Explanation(
      "guard-unknown-holdings",
      "The guards of the pipeline limit what may disappear, and a sink cannot say what it holds, so "
        + "that nobody can tell. Nothing was written.",
      remedy: "publish to that sink from a pipeline without guards against removals."
    ),
    Explanation(
      "locked",
      "Another run of Larder publishes to the same folder just now. Two at once would take turns "
        + "to undo each other.",
      remedy: "wait for it. The lock goes with the process that holds it, also when that is killed."
    ),
    Explanation(
      "no-earlier-index",
      "A publication can be taken back once, and only where the index before it is kept, as "
        + "beside the output folder of a `filesystem` sink.",
      remedy: "publish again from what the sources said then."
    ),
    Explanation(
      "no-permission",
      "This user may not write there. The new index is made in the folder around the output "
        + "folder, so that one must be writable too.",
      remedy: "publish as the user that the folder belongs to, or give the folder away."
    ),
    Explanation(
      "not-a-folder",
      "There is something at the path of the output folder that is no folder.",
      remedy: "move it away, or name another path."
    ),
    Explanation(
      "not-an-archive",
      "There is something at the path of the archive that is no file, such as a folder.",
      remedy: "move it away, or name another path."
    ),
    Explanation(
      "partial-publish",
      "A server that takes page by page stopped to do so half-way. Project pages are sent before "
        + "those that link to them, so that installers find no broken link; nothing was deleted.",
      remedy: "run the same command again: it sends what is missing."
    ),
    Explanation(
      "read-only",
      "The filesystem of the output folder is mounted so that nobody can write to it.",
      remedy: "mount it writable, or name another folder."
    ),
    Explanation(
      "too-many-open-files",
      "This process has as many files open as it may.",
      remedy: "raise the limit with `ulimit -n`."
    ),
    Explanation(
      "unreadable-archive",
      "There is an archive at the path of the sink, but it is damaged, cut off, or of another kind, "
        + "so that nobody can tell what it holds. It never counts as empty.",
      remedy: "restore it, or move it away: then all of the index counts as new."
    ),
    Explanation(
      "unsafe-path",
      "A page has a path that would lead out of the index, as a manifest can name that somebody "
        + "tampered with. It is neither written nor deleted.",
      remedy: "find out who writes to the place beside Larder; then publish once with --rebuild."
    ),
    Explanation(
      "unreadable-state",
      "The index that a sink holds has a list of records that cannot be read, so that nothing can be "
        + "compared with it. It never counts as empty.",
      remedy: "restore larder/records.jsonl, or publish once with an empty sink."
    ),
  ]
}
