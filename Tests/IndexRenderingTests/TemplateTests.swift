import TestSupport
import Testing

@testable import IndexRendering

@Suite("Templates")
struct TemplateTests {
  /// The names of the parts of a template, with its text between them.
  private func pieces(_ text: String, _ file: LayoutFile = .project) -> [String] {
    let template = Template(Array(text.utf8), as: file)
    return template.segments.flatMap { segment in
      let literal = String(decoding: template.text[segment.literal], as: UTF8.self)
      return [literal] + (segment.part.map { ["{\($0.rawValue)}"] } ?? [])
    }
  }

  @Test("A placeholder has blanks around its name or none, and stands anywhere in a line")
  func readsPlaceholders() {
    #expect(pieces("a{{name}}b") == ["a", "{name}", "b"])
    #expect(pieces("<i>{{ \t name }}</i>{{root}}") == ["<i>", "{name}", "</i>", "{root}", ""])
    #expect(pieces("") == [""])
    #expect(pieces("{ { name } } }}{") == ["{ { name } } }}{"])
  }

  @Test("A placeholder that stands alone takes its line with it")
  func takesLines() {
    #expect(pieces("a\n  {{ name }} \r\nb\n") == ["a\n", "{name}", "b\n"])
    #expect(pieces("{{ name }}\n{{ facts }}\n") == ["", "{name}", "", "{facts}", ""])
    #expect(pieces("a\n{{ name }}") == ["a\n", "{name}", ""])
    #expect(pieces("a {{ name }}\nb") == ["a ", "{name}", "\nb"])
    #expect(pieces("{{ name }} {{ facts }}\n") == ["", "{name}", " ", "{facts}", "\n"])
  }

  @Test("What is wrong is found with its place, and is plain text")
  func findsProblems() {
    let text = "é{{ nmae }}{{ name }}{{ facts\n}}"
    let template = Template(Array(text.utf8), as: .project)
    #expect(
      template.problems == [
        Template.Problem(kind: .unknown("nmae"), range: 2..<12),
        Template.Problem(kind: .unended, range: 22..<24),
      ]
    )
    #expect(pieces(text) == ["é{{ nmae }}", "{name}", "{{ facts\n}}"])
    #expect(Template([], as: .page).problems == [.init(kind: .missing(.content), range: 0..<0)])
    for name in ["", "Name", "content", "name name", "{ name }"] {
      let one = Template(Array("{{\(name)}}".utf8), as: .project)
      #expect(one.problems.count == 1, "\(name)")
    }
  }

  @Test("Of any text, the segments with what is between them are the whole, in order")
  func keepsEveryByte() {
    var generator = SeededGenerator(seed: 7)
    let words = [
      "{{ name }}", "{{root}}", "{{ x }}", "{{", "}}", "{", "}", "\n", "\r\n", " ", "\t", "a", "é",
    ]
    for _ in 0..<5000 {
      let text = (0..<Int.random(in: 0..<12, using: &generator)).map { _ in generator.pick(words) }
      let bytes = Array(text.joined().utf8)
      let template = Template(bytes, as: .project)
      var end = 0
      for (number, segment) in template.segments.enumerated() {
        #expect(segment.literal.lowerBound >= end)
        if let before = number > 0 ? template.segments[number - 1].part : nil {
          let hole = bytes[end..<segment.literal.lowerBound].filter { $0 > 0x20 }
          #expect(String(decoding: hole, as: UTF8.self) == "{{\(before.rawValue)}}")
        }
        end = segment.literal.upperBound
      }
      #expect(end == bytes.count && template.segments.last?.part == nil)
      for problem in template.problems { #expect(bytes[problem.range].starts(with: "{{".utf8)) }
    }
  }

  @Test("The templates that come with Larder hold each of their placeholders that they could")
  func areComplete() {
    let spare: Set<LayoutPart> = [.root, .title, .name, .version]
    for file in LayoutFile.allCases {
      guard let parts = file.parts else { continue }
      let template = Template(file.builtIn, as: file)
      #expect(template.problems.isEmpty)
      let held = Set(template.segments.compactMap(\.part))
      #expect(Set(parts).subtracting(held).isSubset(of: spare), "\(file.rawValue)")
    }
  }

  @Test("Each page has the frame and its own content, in a layout of one's own")
  func fillsFrames() async throws {
    let names = (0..<1500).map { "project\($0)-1.0.tar.gz" }
    let bytes = { (text: String) in Array(text.utf8) }
    let layout = Layout(replacing: [
      .page: bytes("<p>{{ root }}|{{ page_title }}>{{ content }}<"),
      .home: bytes("home {{ title }}"), .project: bytes("{{ name }} {{ version }}"),
      .changes: bytes("changes"), .names: bytes("{{ prefix }}"), .notFound: bytes("{{ title }}?"),
      .style: bytes("a{}"), .script: bytes("1"),
    ])
    let pages = try await Pages(names: names) { $0.layout = layout }
    #expect(pages["index.html"] == "<p>|Index>home Index<")
    #expect(pages["project/project7/index.html"] == "<p>../../|project7 - Index>project7 1.0<")
    #expect(pages["changelog/page1.html"] == "<p>../|Recent changes - Index>changes<")
    #expect(
      pages["larder/names/project1.html"].hasSuffix(
        "|Projects that begin with project1 - Index>project1<"
      )
    )
    #expect(pages["404.html"] == "Index?")
    #expect(pages["larder/style.css"] == "a{}" && pages["larder/site.js"] == "1")
  }

  @Test("A layout changes no page for programs")
  func leavesProgramsAlone() async throws {
    let own = Layout(replacing: [.page: Array("{{ content }}".utf8)])
    let before = try await Pages(RenderedTree.recordLines.filter { $0.hasPrefix("{") })
    let after = try await Pages(RenderedTree.recordLines.filter { $0.hasPrefix("{") }) {
      $0.layout = own
    }
    let changed = before.texts.filter { after[$0.key] != $0.value }.keys
    #expect(changed.sorted() == before.texts.keys.filter { $0.isForPeople }.sorted())
  }
}

extension String {
  fileprivate var isForPeople: Bool {
    self == "index.html" || hasPrefix("project/") || hasPrefix("changelog/")
  }
}
