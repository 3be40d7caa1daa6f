// Codes of what goes wrong with programs as stages.
extension Explanation {
  static let ofPrograms = [
    Explanation(
      "hook-failed",
      "A program of \"after_publish\" ended in another way than with success, or took too long. The "
        + "index was published before it was started, and stays so.",
      remedy: "read the last lines of its standard error, which the message shows. The next run "
        + "tells it of the same changes again, also if that run publishes nothing; where "
        + "LARDER_CACHE_DIR is not kept from one run to the next, `larder run --rebuild` publishes "
        + "every page anew and tells it of them."
    ),
    Explanation(
      "interrupted",
      "The run was told to stop, by a signal such as that of Ctrl-C. What was staged is discarded, "
        + "and the old index is in place.",
      remedy: "run it again."
    ),
    Explanation(
      "plugin-error",
      "A program that is a stage said by itself that it cannot do its work.",
      remedy: "do what its message says; it is the program's own."
    ),
    Explanation(
      "plugin-failed",
      "A program that is a stage ended in another way than with success, such as by a signal or "
        + "with a status that is not 0. All that it said was thrown away: a part of an answer is "
        + "none.",
      remedy: "read the last lines of its standard error, which the message shows, and run "
        + "`larder plugin verify -- COMMAND`."
    ),
    Explanation(
      "plugin-protocol",
      "A program that is a stage did not keep to the protocol: something else than a message stood "
        + "on its standard output, an answer was missing or given twice, or it ended before it "
        + "said that it is done.",
      remedy: "let it print for people on standard error only, and run "
        + "`larder plugin verify -- COMMAND`, which checks it step by step."
    ),
    Explanation(
      "plugin-record",
      "A program that is a stage gave something that is no record, or a record that it was not "
        + "given.",
      remedy: "look at the line that the message shows. A transform answers with records that it "
        + "was given, by their file names."
    ),
    Explanation(
      "plugin-timeout",
      "A program that is a stage said nothing for too long, or took too long altogether. It was "
        + "stopped, with all that it had started.",
      remedy: "let it report progress, or give the stage a longer \"timeout\"."
    ),
    Explanation(
      "program-not-started",
      "A program that is a stage could not be started: it does not exist, may not be run, or needs "
        + "an interpreter that is missing.",
      remedy: "check \"command\". A name with a slash starts at the folder of the pipeline file, "
        + "any other is looked up in PATH."
    ),
    Explanation(
      "renamed-record",
      "A transform gave a record another file name. The name is what installers pin.",
      remedy: "drop the record and add another, if that is meant."
    ),
  ]
}
