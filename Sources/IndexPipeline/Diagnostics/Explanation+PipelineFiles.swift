// Codes of mistakes in pipeline files.
extension Explanation {
  static let ofPipelineFiles = [
    Explanation(
      "conflicting-fields",
      "Two fields of one object say the same thing in different ways, so that one of them would "
        + "have no effect. Larder does not guess which one was meant.",
      remedy: "remove one of the two."
    ),
    Explanation(
      "duplicate-id",
      "Two stages of the pipeline have the same id. Ids name stages in messages, reports and "
        + "flags, so each must be given once in the whole file, whatever the kind of the stage.",
      remedy: "rename one. A stage without an id has its type as its id, and a number behind it "
        + "if that is taken."
    ),
    Explanation(
      "json-syntax",
      "The text is not JSON. Pipeline files and lists of records are strict JSON (RFC 8259) in "
        + "UTF-8: no comments, no trailing commas, double quotes, each key once. Nothing else of "
        + "the text was checked, as its meaning is not known.",
      remedy: "mend the place under the caret. Notes for people go into \"$comment\", which every "
        + "object may have."
    ),
    Explanation(
      "missing-field",
      "An object lacks a field that it cannot do without.",
      remedy: "add the field; `larder describe KIND/TYPE` tells which fields a stage needs."
    ),
    Explanation(
      "missing-renderer",
      "The pipeline has no \"render\". Sources and transforms handle records of packages; only "
        + "the renderer makes pages of them, and without it sinks would receive nothing.",
      remedy: "add `\"render\": {}` for the complete tree with its defaults."
    ),
    Explanation(
      "missing-sink",
      "The pipeline has no sink, so that the index would be made and go nowhere.",
      remedy: "add one to \"sinks\"; `larder describe sink` lists those there are."
    ),
    Explanation(
      "missing-source",
      "The pipeline has no source, so that the index would be empty.",
      remedy: "add one to \"sources\"; `larder describe source` lists those there are."
    ),
    Explanation(
      "unknown-field",
      "An object has a key that means nothing there. A key that is silently ignored is a setting "
        + "that someone believes in: so an unknown key is a mistake at every level.",
      remedy: "see whether it is mistyped or belongs into another object; a note for people goes "
        + "into \"$comment\"."
    ),
    Explanation(
      "unknown-reference",
      "A field names a stage of this pipeline by its id, and no stage has that id.",
      remedy: "use one of the ids in the note; a stage without \"id\" has its type as its id."
    ),
    Explanation(
      "unknown-type",
      "The \"type\" of a stage names no stage of its kind in this build. Sources, transforms and "
        + "sinks have types of their own: a word may be one of the one and not of the other.",
      remedy: "`larder describe` lists all types; a stage of your own needs a binary of your own, "
        + "as Docs/WritingAStage.md shows."
    ),
    Explanation(
      "wrong-choice",
      "The value of a field is none of the few words that it takes.",
      remedy: "use one of the words in the note, in exactly that spelling."
    ),
    Explanation(
      "wrong-type",
      "A value is of another kind than its field or key takes, such as text for a number. Larder "
        + "does not convert: \"10\" is text, and 10 is a number.",
      remedy: "write the kind of value that the message names. Only a placeholder such as "
        + "\"${env:NAME}\" may stand for a value that is no text."
    ),
    Explanation(
      "wrong-value",
      "A value is of the right kind, but not one that its field takes: out of its bounds, empty, "
        + "or not in the form that the message names.",
      remedy: "`larder describe KIND/TYPE.FIELD` tells what the field takes, with an example."
    ),
  ]
}
