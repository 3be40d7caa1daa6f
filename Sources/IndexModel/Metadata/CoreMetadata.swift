import StrictJSON

/// What the metadata file of a distribution says: `METADATA` of wheels, `PKG-INFO` of others.
///
/// Values are UTF-8 on one line, without white space at their ends; what is not UTF-8 is read as
/// Latin-1, which old tools wrote. `UNKNOWN`, which they wrote for nothing, is nothing. Of a field
/// that may stand once, the first counts, as for pip. Source: the specification "Core metadata".
public struct CoreMetadata: Sendable {
  /// A page of the project.
  public struct ProjectURL: Sendable, Equatable {
    /// What the page is called, such as `Homepage`.
    public let label: [UInt8]
    /// Where it is, as written.
    public let url: [UInt8]
  }

  /// The version of the format, such as `2.1`; empty like all other texts here if it is not told.
  public private(set) var metadataVersion: [UInt8] = []
  /// The project as written.
  public private(set) var name: [UInt8] = []
  /// The version as written.
  public private(set) var version: [UInt8] = []
  /// The description in one line.
  public private(set) var summary: [UInt8] = []
  /// The versions of Python that can run it.
  public private(set) var requiresPython: [UInt8] = []
  /// The license as an SPDX expression.
  public private(set) var licenseExpression: [UInt8] = []
  /// The license in the words of the author; empty if it is a text of several lines.
  public private(set) var license: [UInt8] = []
  /// The requirements in their order.
  public private(set) var requiresDist: [[UInt8]] = []
  /// The pages of the project in their order: first those that `Home-page` and `Download-URL` tell,
  /// unless a `Project-URL` is called the same.
  public private(set) var projectURLs: [ProjectURL] = []
  /// The media type of the description, such as `text/markdown`.
  public private(set) var descriptionContentType: [UInt8] = []
  /// The fields that a build may change, in lower case.
  public private(set) var dynamic: [[UInt8]] = []
  /// Where the body begins in the file, which is the description if it is not empty.
  public private(set) var body = 0
  /// Where the value of the field `Description` lies in the file.
  private(set) var descriptionField = 0..<0
  private var homePage: [UInt8] = []
  private var download: [UInt8] = []

  /// Reads a metadata file; whatever it holds, something is read.
  ///
  /// - Complexity: O(n) in the bytes of the header.
  public init(_ text: borrowing Span<UInt8>) {
    let header = HeaderFields(text)
    body = header.body
    var seen: Set<Key> = []
    for field in header.fields {
      guard let key = Key(text.extracting(field.name)) else { continue }
      let isFirst = seen.insert(key).inserted
      if key == .description {
        if isFirst { descriptionField = field.value }
        continue
      }
      let value = FieldValue(text.extracting(field.value))
      if key.isRepeated {
        add(value.text, to: key)
      } else if isFirst, !value.text.span.elementsEqual("UNKNOWN") {
        set(key, value)
      }
    }
    let labels = Set(projectURLs.map { ProjectURLs.normalizedLabel($0.label.span) })
    let own = [("Homepage", homePage), ("Download", download)].filter { label, url in
      !url.isEmpty && !labels.contains(ProjectURLs.normalizedLabel(label.utf8Span.span))
    }
    projectURLs.insert(
      contentsOf: own.map { ProjectURL(label: Array($0.0.utf8), url: $0.1) },
      at: 0
    )
  }

  /// The fields that are read.
  private enum Key: CaseIterable {
    case metadataVersion, name, version, summary, requiresPython, licenseExpression, license
    case requiresDist, projectURL, dynamic, homePage, download, description
    case descriptionContentType

    var isRepeated: Bool { self == .requiresDist || self == .projectURL || self == .dynamic }

    private var text: StaticString {
      switch self {
      case .metadataVersion: "metadata-version"
      case .name: "name"
      case .version: "version"
      case .summary: "summary"
      case .requiresPython: "requires-python"
      case .licenseExpression: "license-expression"
      case .license: "license"
      case .requiresDist: "requires-dist"
      case .projectURL: "project-url"
      case .dynamic: "dynamic"
      case .homePage: "home-page"
      case .download: "download-url"
      case .description: "description"
      case .descriptionContentType: "description-content-type"
      }
    }

    init?(_ name: borrowing Span<UInt8>) {
      for key in Self.allCases where name.equalsIgnoringCase(key.text) {
        self = key
        return
      }
      return nil
    }
  }

  private mutating func set(_ key: Key, _ value: FieldValue) {
    switch key {
    case .metadataVersion: metadataVersion = value.text
    case .name: name = value.text
    case .version: version = value.text
    case .summary: summary = value.text
    case .requiresPython: requiresPython = value.text
    case .licenseExpression: licenseExpression = value.text
    case .license: if value.lineCount == 1 { license = value.text }
    case .homePage: homePage = value.text
    case .download: download = value.text
    case .descriptionContentType: descriptionContentType = value.text
    case .requiresDist, .projectURL, .dynamic, .description: break
    }
  }

  private mutating func add(_ value: [UInt8], to key: Key) {
    guard !value.isEmpty else { return }
    switch key {
    case .requiresDist: requiresDist.append(value)
    case .dynamic: dynamic.append(value.map(\.lowercased))
    case .projectURL:
      let comma = value.firstIndex(of: UInt8(ascii: ",")) ?? value.endIndex
      let label = FieldValue.trimmed(value[..<comma])
      projectURLs.append(
        ProjectURL(label: label, url: FieldValue.trimmed(value[comma...].dropFirst()))
      )
    default: break
    }
  }
}
