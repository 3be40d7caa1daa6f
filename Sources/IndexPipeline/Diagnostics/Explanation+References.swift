// Codes of mistakes in what pipeline files refer to: variables, files, places and each other.
extension Explanation {
  static let ofReferences = [
    Explanation(
      "literal-secret",
      "A secret is written out in the pipeline file, where everyone who can read the file, its "
        + "history or a copy of it can read the secret. It works all the same.",
      remedy: "put it into a variable of the environment or into a file of its own, write "
        + "\"${env:NAME}\" or \"${file:PATH}\" in its place, and make a new secret."
    ),
    Explanation(
      "empty-matcher",
      "An object of conditions has none. It would match everything, which is what nobody writes "
        + "down.",
      remedy: "add a condition; `larder describe matcher` lists those there are."
    ),
    Explanation(
      "exposed-secret",
      "The file of a secret can be read by other people on this machine. What a container's runtime "
        + "mounts below /run/secrets is let pass.",
      remedy: "take the others' permission away, with chmod 600, and think of the secret as known."
    ),
    Explanation(
      "missing-file",
      "A stage reads a file or a folder that does not exist. This is looked at only where the "
        + "environment is: `larder check --env`.",
      remedy: "make it, or mend the path, which starts at the folder of the file it stands in."
    ),
    Explanation(
      "needs-newer-release",
      "The file says by \"requires\" which releases understand it, and this is none of them. "
        + "Nothing else was checked: fields that are new would be reported as mistakes.",
      remedy: "use a release that meets it, or change \"requires\" if the file can do without."
    ),
    Explanation(
      "never-matches",
      "The conditions exclude each other, or one asks for what no record has, so that nothing "
        + "would ever match.",
      remedy: "several conditions in one object must all hold: join them with \"any\" if one "
        + "of them is enough."
    ),
    Explanation(
      "overlapping-input",
      "Two readers want standard input, which can be read only once: two stages, or a stage and "
        + "the pipeline file itself.",
      remedy: "give one of them a file."
    ),
    Explanation(
      "overlapping-paths",
      "One stage writes to a place that another one reads or writes, or inside of it. One would "
        + "publish over the other, or read what is half written.",
      remedy: "give each stage a place of its own."
    ),
    Explanation(
      "program-refused",
      "A stage runs another program, and the flag --no-exec refuses that: pipelines of others can "
        + "then be looked at without running what they bring.",
      remedy: "leave the flag out if you trust the pipeline, or disable the stage."
    ),
    Explanation(
      "unset-variable",
      "Placeholders name variables that are not set, or files that cannot be read, and have no "
        + "value to fall back to.",
      remedy: "set the variable, or give a value to fall back to: \"${env:NAME:-value}\". "
        + "`larder show env` lists all that a file needs."
    ),
    Explanation(
      "wrong-include",
      "A file that \"$include\" names cannot be a part of the pipeline: it is missing, lies outside "
        + "of the folder of the pipeline, includes itself, or holds no array.",
      remedy: "name a file by a path that starts at the folder of the file that includes it."
    ),
    Explanation(
      "wrong-pattern",
      "A pattern, in the pipeline or on a line of a file that it names, is not one. Patterns have "
        + "`*` for any text, `?` for one character, and sets of characters in square brackets.",
      remedy: "mend the pattern at the place in the message."
    ),
    Explanation(
      "wrong-placeholder",
      "Something looks like a placeholder and is none. There are ${env:NAME}, ${env:NAME:-value}, "
        + "${env:NAME:?message} and ${file:PATH}; other text after a dollar sign is only text.",
      remedy: "mend it, or write $${ where a dollar sign and a brace are meant."
    ),
    Explanation(
      "wrong-pointer",
      "`--set` takes a place in the pipeline and a value, and the place is none, or not in this "
        + "pipeline. Places are JSON Pointers: the keys and numbers on the way, each after a slash.",
      remedy: "write it like --set /sinks/0/path=public; `larder show config --origins` lists the "
        + "places that there are."
    ),
  ]
}
