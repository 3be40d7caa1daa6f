/// A pipeline with every value that it has: what its files say, defaults, and what placeholders
/// stand for.
public struct EffectiveConfiguration: Sendable {
  private let settings: [EffectiveSetting]

  /// Creates it of what was learnt while a file was checked.
  public init(_ check: PipelineCheck) { settings = check.settings }

  /// The pipeline as a JSON file.
  public var json: String {
    var tree = Tree()
    for setting in settings {
      let keys = setting.pointer.utf8.split(separator: UInt8(ascii: "/")).map { Array($0) }
      tree.insert(setting.json, at: keys[...])
    }
    return tree.text(indent: "")
  }

  /// A line for each value: its pointer, itself, and where it comes from.
  public var origins: [String] {
    settings.enumerated().filter { !isInside(settings[..<$0], $1) }.map { _, setting in
      guard let place = setting.place else {
        return "\(setting.pointer) = \(setting.json)  (default)"
      }
      let how = setting.isFilled ? ", filled in" : ""
      return "\(setting.pointer) = \(setting.json)  (\(place.path):\(place.line)\(how))"
    }
  }

  /// Whether a setting belongs to a value that was said as a whole.
  private func isInside(_ others: ArraySlice<EffectiveSetting>, _ setting: EffectiveSetting) -> Bool
  {
    others.contains { setting.pointer.utf8.starts(with: "\($0.pointer)/".utf8) }
  }
}

/// Values by their pointers.
private struct Tree {
  private var leaf: String?
  private var children: [(key: [UInt8], tree: Tree)] = []

  mutating func insert(_ json: String, at keys: ArraySlice<[UInt8]>) {
    guard let key = keys.first else {
      leaf = leaf ?? json
      return
    }
    // What an array or an object says as a whole, its fields need not say again.
    if leaf != nil { return }
    if let index = children.firstIndex(where: { $0.key == key }) {
      children[index].tree.insert(json, at: keys.dropFirst())
    } else {
      var tree = Tree()
      tree.insert(json, at: keys.dropFirst())
      children.append((key, tree))
    }
  }

  func text(indent: String) -> String {
    if let leaf { return leaf }
    let inner = indent + "  "
    let isArray = children.allSatisfy { $0.key.allSatisfy { $0 &- 0x30 < 10 } }
    let parts = children.map { child in
      let name = String(decoding: child.key, as: UTF8.self).asJSON
      return inner + (isArray ? "" : "\(name): ") + child.tree.text(indent: inner)
    }
    let text = parts.joined(separator: ",\n")
    return isArray ? "[\n\(text)\n\(indent)]" : "{\n\(text)\n\(indent)}"
  }
}
