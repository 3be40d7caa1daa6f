// Codes of mistakes on the command line, and of stages that do not fit into a build.
extension Explanation {
  static let ofCommands = [
    Explanation(
      "bad-outline",
      "`larder init` makes a pipeline of SOURCES/TRANSFORMS/SINKS: three lists of types with "
        + "commas, of which only the middle one may be empty or left out.",
      remedy: "write it like file/filesystem, or file,stdin//filesystem."
    ),
    Explanation(
      "cannot-confine",
      "`larder run --confine` gives up the right to write elsewhere than beside its outputs. The "
        + "kernel has no Landlock for that, or a place that was given to --may-write is missing.",
      remedy: "correct --may-write; without Landlock, run in a container that can write no more "
        + "than the outputs."
    ),
    Explanation(
      "duplicate-type",
      "A binary registers two stages of one kind under one type, so that a pipeline file could "
        + "not say which it means.",
      remedy: "give your stage a type of its own, such as one with your company's name before it."
    ),
    Explanation(
      "file-exists",
      "`larder init` begins a new file, and never replaces one that is there.",
      remedy: "name another file, or remove that one."
    ),
    Explanation(
      "no-command-line",
      "A program on Linux finds its arguments in /proc/self/cmdline. In a chroot or a container "
        + "without /proc, larder would do something else than it was told, and does nothing.",
      remedy: "mount it before: `mount -t proc proc /proc`, in a chroot below its root."
    ),
    Explanation(
      "no-file",
      "A pattern of paths matches no file. A check of nothing would be mistaken for a good one.",
      remedy: "see whether the pattern is right, and starts at the working folder."
    ),
    Explanation(
      "reserved-field",
      "A stage has a field by a name that the framework reads of every stage of its kind, or "
        + "keeps for later.",
      remedy: "rename the field; `larder describe KIND` lists the fields of the framework."
    ),
    Explanation(
      "unknown-code",
      "`larder explain` knows no such code. Codes stand in brackets at the beginning of a "
        + "message: error[unknown-field].",
      remedy: "`larder explain` without a code lists all of them."
    ),
    Explanation(
      "unknown-stage",
      "A flag names a stage that this pipeline does not have, or that is not enabled.",
      remedy: "use one of the ids in the note; a stage without \"id\" has its type as its id."
    ),
    Explanation(
      "unknown-topic",
      "`larder describe` tells of kinds, types, fields and objects of pipeline files, and none is "
        + "called so.",
      remedy: "`larder describe` without a name lists all of them."
    ),
    Explanation(
      "unprepared-matcher",
      "A stage used conditions that the framework had not made ready, as it does for those that are "
        + "read with `matcher`.",
      remedy: "report it to the author of the stage."
    ),
    Explanation(
      "unservable-value",
      "A flag of `larder init --server` has a value that would mean something else in the "
        + "configuration of one of the servers. Nothing is escaped there, so that each configuration "
        + "says what it seems to say.",
      remedy: "use what the message says; give the folder a plain name, or a link with one."
    ),
    Explanation(
      "unknown-verb",
      "The first word after `larder` is the verb, and there is none by that name.",
      remedy: "`larder --help` lists all of them."
    ),
  ]
}
