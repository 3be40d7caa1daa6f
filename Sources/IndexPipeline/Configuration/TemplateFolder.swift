import IndexRendering
import StrictJSON

/// A folder of files that replace those of the layout of the web pages.
struct TemplateFolder {
  /// Its path.
  let path: String
  /// The field that names it.
  let range: Range<Int>
  let pointer: JSONPointer
  let text: PipelineText

  /// The layout that its files make with those that come with Larder, as far as they are right.
  func layout() -> Layout {
    var files: [LayoutFile: [UInt8]] = [:]
    switch text.log.surroundings.names(path) {
    case .unknown: break
    case .missing(let reason):
      refuse("unreadable-template", "the templates in \(path) cannot be read", caret: reason)
    case .value(let names):
      for file in LayoutFile.allCases where names.contains(where: { Self.isName($0, of: file) }) {
        files[file] = contents(of: file)
      }
      refuseUnknown(
        among: names.filter { name in
          !Self.isIgnored(name) && !LayoutFile.allCases.contains { Self.isName(name, of: $0) }
        }
      )
    }
    return files.isEmpty ? .builtIn : Layout(replacing: files)
  }

  /// Whether a file is for people and their tools: notes, hidden files, backups of editors.
  private static func isIgnored(_ name: String) -> Bool {
    name.utf8.first == UInt8(ascii: ".") || name.utf8.last == UInt8(ascii: "~")
      || name.utf8.starts(with: "README".utf8)
  }

  private static func isName(_ name: String, of file: LayoutFile) -> Bool {
    name.utf8.elementsEqual(file.rawValue.utf8)
  }

  /// Reads a file, and says what is wrong with it.
  private func contents(of file: LayoutFile) -> [UInt8]? {
    switch text.log.surroundings.template(path, file.rawValue) {
    case .unknown: return nil
    case .missing(let reason):
      let place = place(of: file.rawValue)
      refuse("unreadable-template", "the template \(place) cannot be read", caret: reason)
      return nil
    case .value(let bytes):
      check(bytes, of: file)
      return bytes
    }
  }

  private func place(of name: String) -> String {
    path.utf8.last == UInt8(ascii: "/") ? path + name : "\(path)/\(name)"
  }

  /// Refuses files that replace nothing; of very many, one: the path is wrong then.
  private func refuseUnknown(among names: [String]) {
    let names = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for name in names.count > 10 ? names.prefix(1) : names[...] { refuseUnknown(name) }
  }

  private func refuseUnknown(_ name: String) {
    let names = LayoutFile.allCases.map(\.rawValue)
    refuse(
      "unknown-template",
      "there is no template called \"\(name)\"",
      caret: Suggestion.text(for: name, among: names),
      notes: ["templates: \(names.joined(separator: ", "))"],
      help: "`larder init --templates FOLDER` writes those that come with Larder"
    )
  }

  private func refuse(
    _ code: String,
    _ message: String,
    caret: String,
    notes: [String] = [],
    help: String? = nil
  ) {
    text.refuse(code, message, at: range, pointer, caret: caret, notes: notes, help: help)
  }
}

// What is wrong in a file.
extension TemplateFolder {
  private func check(_ bytes: [UInt8], of file: LayoutFile) {
    let template = PipelineText(
      path: place(of: file.rawValue),
      bytes: bytes,
      includedBy: text,
      at: range,
      pointer,
      number: LayoutFile.allCases.firstIndex(of: file) ?? 0
    )
    do throws(JSONError) {
      try JSONCursor.validateUTF8(bytes.span)
    } catch {
      template.refuse(
        "wrong-template",
        "\(file.rawValue) is not plain text in UTF-8: \(error.message)",
        at: error.range,
        JSONPointer(),
        caret: error.hint
      )
      return
    }
    guard let parts = file.parts else { return }
    for problem in Template(bytes, as: file).problems {
      refuse(problem, in: template, of: file, parts.map(\.rawValue))
    }
  }

  private func refuse(
    _ problem: Template.Problem,
    in template: PipelineText,
    of file: LayoutFile,
    _ known: [String]
  ) {
    let message: String
    var caret = ""
    var notes: [String] = []
    switch problem.kind {
    case .unknown(let name):
      message = "\(file.rawValue) has no placeholder \"\(name)\""
      caret = Suggestion.text(for: name, among: known)
      if caret.utf8.isEmpty, let home = LayoutFile.home(of: name) {
        caret = "it is one of \(home.rawValue)"
      }
      notes = ["placeholders of \(file.rawValue): \(known.joined(separator: ", "))"]
    case .unended:
      message = "a placeholder in \(file.rawValue) does not end in its line"
      caret = "a placeholder is {{ name }}"
      notes = ["`&#123;{` stands for `{{` where no placeholder is meant"]
    case .missing(let part):
      message = "\(file.rawValue) must hold {{ \(part.rawValue) }}"
      caret = "no page would have any content"
      notes = ["\(part.rawValue): \(part.doc)"]
    }
    template.refuse(
      "wrong-template",
      message,
      at: problem.range,
      JSONPointer(),
      caret: caret,
      notes: notes
    )
  }
}

extension LayoutFile {
  /// The first template that has a placeholder.
  fileprivate static func home(of name: String) -> LayoutFile? {
    allCases.first { file in
      (file.parts ?? []).contains { $0.rawValue.utf8.elementsEqual(name.utf8) }
    }
  }
}
