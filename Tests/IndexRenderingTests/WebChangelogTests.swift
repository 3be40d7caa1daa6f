import Testing

@testable import IndexRendering

struct WebChangelogTests {
  @Test func listsFilesNewestFirst() async throws {
    let page = try await Pages([
      #"{"filename": "a-1.0.tar.gz"}"#,
      #"{"filename": "b-1.0.tar.gz", "upload_time": "2024-01-02T03:04:05Z", "uploaded_by": "me"}"#,
      #"{"filename": "b-2.0.tar.gz", "upload_time": "2025-01-02T03:04:05Z"}"#,
    ])["changelog/page1.html"]
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("<tr><td>") }
    #expect(
      rows == [
        """
        <tr><td><a href="../pool/b-2.0.tar.gz">b-2.0.tar.gz</a><td><a href="../project/b/">b 2.0</a>\
        <td><time>2025-01-02 03:04:05Z</time><td>
        """,
        """
        <tr><td><a href="../pool/b-1.0.tar.gz">b-1.0.tar.gz</a><td><a href="../project/b/">b 1.0</a>\
        <td><time>2024-01-02 03:04:05Z</time><td>me
        """,
        """
        <tr><td><a href="../pool/a-1.0.tar.gz">a-1.0.tar.gz</a><td><a href="../project/a/">a 1.0</a>\
        <td><td>
        """,
      ]
    )
  }

  @Test func leadsFromPageToPage() async throws {
    let pages = try await Pages(names: (1...10_001).map { "project\($0 / 3)-\($0).0.tar.gz" })
    #expect(pages.texts.keys.count { $0.hasPrefix("changelog/") } == 3)
    let links = (1...3).map { number in
      let page = pages["changelog/page\(number).html"]
      #expect(page.contains("<span>Page \(number)/3</span>"))
      return ["First", "Previous", "Next", "Last"].map { label in
        (1...3).first { page.contains("<a href=\"page\($0).html\" aria-label=\"\(label) page\">") }
      }
    }
    #expect(links == [[nil, nil, 2, 3], [1, 1, 3, 3], [1, 2, nil, nil]])
    let rows = (1...3).map { number in
      pages["changelog/page\(number).html"].split(separator: "\n").count {
        $0.hasPrefix("<tr><td>")
      }
    }
    #expect(rows == [5000, 5000, 1])
  }

  @Test func namesTheProjectAndReleaseOfEveryFile() async throws {
    let names = (0..<500).map { "project\($0 % 7)-\($0 / 14).0.\($0 % 2 == 0 ? "zip" : "tar.gz")" }
    let times = names.enumerated().map { index, name in
      #"{"filename": "\#(name)", "upload_timestamp": \#(1_000_000 + index * 7919 % 500)}"#
    }
    for page in [
      try await Pages(names: names)["changelog/page1.html"],
      try await Pages(times)["changelog/page1.html"],
    ] {
      let rows = page.split(separator: "\n").filter { $0.hasPrefix("<tr><td>") }
        .map { row in row.split(separator: ">")[3...6].map { $0.split(separator: "<")[0] } }
      let expected = names.map { name in
        let parts = name.split(separator: "-")
        let version = parts[1].split(separator: ".")[0]
        return [
          Substring(name), "td", "a href=\"../project/\(parts[0])/\"", "\(parts[0]) \(version).0",
        ]
      }
      #expect(Set(rows) == Set(expected))
      #expect(rows.count == names.count)
    }
  }
}
