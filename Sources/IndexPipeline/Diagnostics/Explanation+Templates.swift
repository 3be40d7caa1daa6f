// Codes of mistakes in templates of the web pages.
extension Explanation {
  static let ofTemplates = [
    Explanation(
      "unknown-template",
      "The folder of templates has a file that replaces nothing. A file that is silently ignored "
        + "is a design that someone believes in. Files that begin with a full stop or \"README\", or "
        + "end with \"~\", are ignored.",
      remedy: "give the file one of the names in the note, or keep it elsewhere: the folder holds "
        + "templates, the style and the script, and no pictures or fonts."
    ),
    Explanation(
      "unreadable-template",
      "The folder of templates or a file in it cannot be read. A file has at most 1 MiB, and is in "
        + "the folder itself or below it: symbolic links that lead out of the folder are not "
        + "followed, so that no other file gets onto the pages.",
      remedy: "see that the path is right, that the user Larder runs as may read it, and that "
        + "symbolic links stay in the folder."
    ),
    Explanation(
      "wrong-template",
      "A template is not text in UTF-8, holds a placeholder that means nothing in it, or lacks "
        + "one that pages cannot do without. Placeholders are `{{ name }}`, each in one line.",
      remedy: "mend the place under the caret; Docs/Stages/templates.md lists the placeholders of "
        + "each template. `&#123;{` stands for `{{` where no placeholder is meant."
    ),
  ]
}
