import IndexModel
import StrictJSON
import Testing

@testable import IndexRendering

@Suite("Names shared out to pages")
struct PrefixTreeTests {
  private static let words = [
    "acid", "bark", "clay", "dune", "echo", "fern", "gale", "husk", "iris", "jade", "kelp", "lava",
  ]

  /// Many names, some of which begin or end alike.
  private static let names: [String] = {
    var names = ["acid", "a", "zz"]
    for a in words { for b in words { for c in words { names.append("\(a)-\(b)-\(c)") } } }
    for number in 0..<3000 { names.append("acid-bark\(number)") }
    for number in 0..<2500 { names.append("x\(number)-kit") }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }()

  private static func catalog(_ names: [String]) async throws -> Catalog {
    var records = RecordBatch()
    for (number, name) in names.enumerated() {
      let filename = name.split(separator: "-").joined(separator: "_") + "-1.0.tar.gz"
      try records.append(filename: Array(filename.utf8).span, line: number + 1)
    }
    return await Catalog.build(from: records).catalog
  }

  /// The names that a reader finds who follows the pages as the script does.
  private func lookUp(_ word: String, in tree: PrefixTree, _ catalog: Catalog) -> [String]? {
    let word = Array(word.utf8)
    var prefix = tree.nodes.last?.prefix ?? []
    while true {
      guard let node = tree.nodes.first(where: { $0.prefix == prefix }) else { return nil }
      let next = node.next.first { $0.starts(with: word) || word.starts(with: $0) }
      guard let next, word.count > prefix.count else {
        return node.projects.map {
          String(decoding: catalog.text.span[catalog.projects[$0].name])
        }
      }
      prefix = next
    }
  }

  @Test("Every name is on one page of names, where its beginning leads")
  func holdsEveryNameOnce() async throws {
    let catalog = try await Self.catalog(Self.names)
    let tree = PrefixTree.names(of: catalog)
    #expect(tree.nodes.flatMap(\.projects).sorted() == Array(catalog.projects.indices))
    #expect(tree.nodes.allSatisfy { $0.projects.count <= 1000 })
    #expect(tree.nodes.last?.prefix == [])
    for name in Self.names {
      #expect(lookUp(name, in: tree, catalog)?.contains(name) == true, "\(name)")
    }
  }

  @Test("Every project is found by its name, and by the beginning of each of its parts")
  func findsParts() async throws {
    let catalog = try await Self.catalog(Self.names)
    let tree = PrefixTree.parts(of: catalog)
    for name in Self.names {
      #expect(lookUp(name, in: tree, catalog)?.contains(name) == true, "\(name)")
    }
    for word in ["fern-ja", "ir", "bark-acid-l", "lava", "bark29"] {
      let expected = Self.names.filter { $0.hasPrefix(word) || $0.contains("-" + word) }
      let found = lookUp(word, in: tree, catalog) ?? []
      #expect(expected.allSatisfy(found.contains), "\(word)")
    }
  }

  @Test("Of more names than a page holds there are the shortest")
  func holdsTheShortest() async throws {
    let catalog = try await Self.catalog(Self.names)
    let tree = PrefixTree.parts(of: catalog)
    #expect(lookUp("acid", in: tree, catalog)?.contains("acid") == true)
    #expect(lookUp("a", in: tree, catalog)?.contains("a") == true)
    let kits = lookUp("kit", in: tree, catalog) ?? []
    #expect(kits.count { $0.hasSuffix("-kit") } >= 100 && kits.contains("x0-kit"))
    #expect(tree.nodes.allSatisfy { $0.projects.count <= 2600 })
  }

  @Test("A new project changes the pages that its name and its parts lead to, and no others")
  func changesFewPages() async throws {
    let before = try await Self.catalog(Self.names)
    let after = try await Self.catalog(Self.names + ["acid-husk-new"])
    func texts(_ tree: PrefixTree, _ catalog: Catalog) -> Set<[[UInt8]]> {
      Set(
        tree.nodes.map { node in
          [node.prefix] + node.next
            + node.projects.map { Array(catalog.text.span[catalog.projects[$0].name]) }
        }
      )
    }
    let names = texts(.names(of: after), after).subtracting(texts(.names(of: before), before))
    #expect(names.count == 1)
    let parts = texts(.parts(of: after), after).subtracting(texts(.parts(of: before), before))
    #expect(parts.count <= 3)
  }

  @Test("Names that begin alike for very long share a page, whose name has an end")
  func endsLongBeginnings() async throws {
    let names = (0..<2100).map { String(repeating: "a", count: 100) + "\($0)" }
    let catalog = try await Self.catalog(names)
    let tree = PrefixTree.names(of: catalog)
    #expect(tree.nodes.flatMap(\.projects).count == 2100)
    #expect(tree.nodes.allSatisfy { $0.prefix.count <= 64 })
  }
}
