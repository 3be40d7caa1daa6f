import StrictJSON

/// The layout of the web pages: what is around the parts that the renderer makes of a catalog.
package struct Layout: Sendable {
  /// The layout that comes with Larder.
  package static let builtIn = Layout()

  let home: Template
  let project: Template
  let changes: Template
  let names: Template
  let notFound: Template
  let style: [UInt8]
  let script: [UInt8]
  /// What tells two layouts apart.
  let digest: PageDigest

  /// Creates a layout.
  ///
  /// - Parameter files: Files that replace those of Larder; templates have no problems.
  package init(replacing files: [LayoutFile: [UInt8]] = [:]) {
    let text = { (file: LayoutFile) in files[file] ?? file.builtIn }
    let page = Template(text(.page), as: .page)
    let framed = { (file: LayoutFile) in
      page.filling(.content, with: Template(text(file), as: file))
    }
    home = framed(.home)
    project = framed(.project)
    changes = framed(.changes)
    names = framed(.names)
    notFound = Template(text(.notFound), as: .notFound)
    style = text(.style)
    script = text(.script)
    var hasher = PageHasher()
    for file in LayoutFile.allCases { hasher.append(PageDigest(text(file).span)) }
    digest = hasher.digest
  }
}

extension ByteBuffer {
  /// Appends the text of a template before a part.
  @inline(__always)
  mutating func append(_ segment: Template.Segment, of template: borrowing Template) {
    append(template.text.span.extracting(segment.literal))
  }
}
