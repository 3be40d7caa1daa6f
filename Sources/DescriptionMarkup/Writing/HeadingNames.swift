internal import StrictJSON

/// The names of a description's headings, as GitHub makes them of their texts.
struct HeadingNames {
  /// The most characters of a name that are taken from a text.
  private static let maximumCount = 100

  /// The names in the order of the headings.
  private(set) var names: [[UInt8]] = []
  private var places: [[UInt8]: Int] = [:]
  private var copies: [[UInt8]: Int] = [:]

  /// Finds the headings of a description.
  init(_ text: borrowing MarkedText) {
    var heading: [UInt8] = []
    var depth = 0
    var imageDepth = 0
    var anchors: [[UInt8]] = []
    for mark in text.marks {
      switch mark {
      case .open(let element):
        if depth > 0 { depth += 1 }
        if case .image = element, depth > 0, imageDepth == 0 { imageDepth = depth }
        if case .heading = element, depth == 0 { (depth, heading) = (1, []) }
      case .close where depth > 0:
        if depth == imageDepth { imageDepth = 0 }
        depth -= 1
        if depth > 0 { continue }
        let place = add(Self.name(of: heading.span))
        for anchor in anchors where places[anchor] == nil { places[anchor] = place }
        anchors = []
      case .text(let range) where depth > 0 && imageDepth == 0:
        heading.append(contentsOf: text.bytes.span.extracting(range))
      case .anchor(let range): anchors.append(Array(text.bytes[range]))
      default: break
      }
    }
  }

  /// The name of the heading that a link means, if there is one.
  ///
  /// - Parameter fragment: What follows the `#`.
  func name(for fragment: [UInt8]) -> [UInt8]? {
    let place = places[fragment] ?? places[fragment.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }]
    return place.map { names[$0] }
  }

  private mutating func add(_ name: [UInt8]) -> Int {
    var unique = name
    while places[unique] != nil {
      let copy = copies[name, default: 0] + 1
      copies[name] = copy
      unique = name + Array("-\(copy)".utf8)
    }
    places[unique] = names.count
    names.append(unique)
    return names.count - 1
  }

  /// The name that GitHub gives to a text: words in lower case with hyphens between.
  static func name(of text: borrowing Span<UInt8>) -> [UInt8] {
    var name: [UInt8] = []
    var text = String(decoding: text)[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    for scalar in text.unicodeScalars.prefix(maximumCount) {
      guard let byte = scalar.asciiByte else {
        let properties = scalar.properties
        let isWord = properties.isAlphabetic || properties.numericType != nil
        if isWord { name.append(contentsOf: properties.lowercaseMapping.utf8) }
        continue
      }
      if byte == 0x20 || byte == 0x0A || byte == UInt8(ascii: "-") {
        name.append(UInt8(ascii: "-"))
      } else if byte == UInt8(ascii: "_") || byte.isDigit || byte.isLetter {
        name.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
      }
    }
    return name.isEmpty ? Array("section".utf8) : name
  }
}

extension Unicode.Scalar {
  /// The byte that it is in ASCII.
  fileprivate var asciiByte: UInt8? { value < 0x80 ? UInt8(value) : nil }
}
