import StrictJSON

/// An element of an array of a pipeline, and the text that it stands in.
struct PlacedElement {
  let value: JSONValue
  /// The pointer of the array, and the place in it.
  let array: JSONPointer
  let index: Int
  let text: PipelineText

  var pointer: JSONPointer { array.appending(index: index) }
}

// Parts of a pipeline in files of their own: arrays that stand in for one element.
extension PipelineFile {
  /// How many parts may include each other.
  private static var maximumDepth: Int { 4 }

  /// The elements of an array, with those of the files that it includes in their places.
  func elements(of array: [JSONValue], at pointer: JSONPointer, in text: PipelineText)
    -> [PlacedElement]
  {
    array.enumerated().flatMap { index, value in
      guard let name = value["$include"] else {
        return [PlacedElement(value: value, array: pointer, index: index, text: text)]
      }
      return included(name, by: value, at: pointer.appending(index: index), in: text)
    }
  }

  private func included(
    _ name: JSONValue,
    by value: JSONValue,
    at pointer: JSONPointer,
    in text: PipelineText
  ) -> [PlacedElement] {
    var settings = Settings(
      owner: "an include",
      value,
      at: pointer,
      in: text,
      topic: .part(of: "a stage", fields: [])
    )
    settings.ignore("$include")
    settings.finish()
    let place = pointer.appending(key: "$include")
    guard let path = name.string else {
      text.refuse(
        "wrong-type",
        "\"$include\" must be text in quotes, not \(name.kind.phrase)",
        at: name.range,
        place
      )
      return []
    }
    if let problem = problem(of: path, in: text) {
      text.refuse(
        "wrong-include",
        "\"\(path)\" cannot be included",
        at: name.range,
        place,
        caret: problem
      )
      return []
    }
    switch text.log.surroundings.part(text.resolved(path: path)) {
    case .unknown: return []
    case .missing(let reason):
      text.refuse(
        "wrong-include",
        "\"\(path)\" cannot be included",
        at: name.range,
        place,
        caret: reason
      )
      return []
    case .value(let bytes):
      let part = PipelineText(
        path: text.resolved(path: path),
        bytes: bytes,
        includedBy: text,
        at: name.range,
        pointer
      )
      return elements(of: part)
    }
  }

  private func elements(of part: PipelineText) -> [PlacedElement] {
    guard let root = Self.parse(part) else { return [] }
    guard let elements = root.elements else {
      part.refuse(
        "wrong-type",
        "a file that is included must hold an array, not \(root.kind.phrase)",
        at: root.range,
        JSONPointer()
      )
      return []
    }
    return self.elements(of: elements, at: JSONPointer(), in: part)
  }

  /// Why a path must not be included.
  private func problem(of path: String, in text: PipelineText) -> String? {
    guard !path.utf8.isEmpty, path.utf8.first != UInt8(ascii: "/"), !path.utf8.contains(0) else {
      return "write a path that starts at the folder of this file"
    }
    let steps = PathSteps(text.resolved(path: path))
    guard PathSteps(self.text.resolved(path: ".")).contains(steps)
    else { return "it is outside of the folder of the pipeline" }
    let others = [text.path] + text.includers.map(\.path)
    if others.contains(where: { PathSteps($0) == steps }) { return "it would include itself" }
    if text.includers.count >= Self.maximumDepth {
      return "no more than \(Self.maximumDepth) files may include each other"
    }
    return nil
  }
}
