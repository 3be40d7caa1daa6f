import IndexModel
import IndexRendering
import StrictJSON
import TestSupport

/// All pages of a catalog, for tests.
struct RenderedTree {
  struct Page {
    let path: String
    var content: [UInt8]
    let type: ContentType
    let role: PageRole
    /// How many parts it came in.
    var parts = 1
  }

  var pages: [Page] = []

  func page(_ path: String) -> Page? { pages.first { $0.path == path } }

  /// Renders the records of lines, which are JSON if they begin with a brace, else file names.
  static func make(
    _ lines: [String],
    _ options: RenderOptions = RenderOptions()
  ) async throws -> RenderedTree {
    let batch = try RecordBatch(lines: lines)
    return RenderedTree(await Catalog.build(from: batch).catalog, options)
  }

  /// Renders a whole catalog.
  init(_ catalog: Catalog, _ options: RenderOptions) {
    var renderer = Renderer(options)
    for project in catalog.projects.indices { renderer.render(project: project, of: catalog) }
    let plan = RenderPlan(catalog, options)
    for page in plan.rootPages {
      for part in 0..<plan.partCount(of: page) {
        renderer.render(part: part, of: page, plan, catalog)
      }
    }
    take(renderer.batch)
  }

  private mutating func take(_ batch: borrowing PageBatch) {
    for page in batch.pages {
      let content = Array(batch.content.span.extracting(page.content))
      if page.continues, let last = pages.indices.last {
        pages[last].content += content
        pages[last].parts += 1
      } else {
        let path = String(decoding: batch.paths.span.extracting(page.path))
        pages.append(Page(path: path, content: content, type: page.type, role: page.role))
      }
    }
  }

  /// File names alone: every kind of file and of version.
  static let nameLines = [
    "Aspy.Yaml.zip", "foo-1.0-py3-none-any.whl", "foo-1.0.tar.gz", "foo-1.0.0.zip",
    "foo-2.0rc1.tar.gz", "foo-1.0+cu118.zip", "foo-1.0-1.zip", "foo-1!2.0-cp311-abi3-win32.whl",
    "foo-1.0-final.zip", "foo.zip", "mesos.cli-0.1.3-py2.7.egg", "numpy-1.7.0.win32-py3.1.exe",
    "foo-1.0.linux-x86_64.tar.gz",
  ]

  /// Records with every key, and with what could break a page.
  static let recordLines = [
    """
    {"filename": "full-1.0-py3-none-any.whl", "url": "../../pool/a/full-1.0-py3-none-any.whl", \
    "hashes": {"md5": "\(digits(32))", "sha256": "\(digits(64))", "blake2b_256": "0c"}, \
    "requires_python": ">=3.8,<4", "requires_dist": ["a>1", "b; extra == \\"x\\""], \
    "core_metadata": "sha256=\(digits(64))", "upload_time": "2018-06-09T23:26:45.250Z", \
    "uploaded_by": "J\\u00fcrgen <j@x>", "size": 1234, "gpg_sig": true, \
    "provenance": "https://index.example/p?a=1&b=2", "license": "MIT", \
    "summary": "A \\"summary\\" & <more>", "project_urls": {"Home & Page": \
    "https://a.example/?b&c", "Download": "ftp://d.example/"}, "description_content_type": \
    "text/plain; charset=UTF-8", "description": "Text,\\n\\n\\"more\\" & <b>all</b>"}
    """,
    #"{"filename": "full-1.0.tar.gz", "hash": "sha1=\#(digits(40))", "size": 5}"#,
    #"{"filename": "full-0.9.tar.gz", "yanked": "broken <b> \"now\"", "size": 0}"#,
    #"{"filename": "full-0.8.tar.gz", "yanked": true, "size": 7, "core_metadata": true}"#,
    #"{"filename": "full-0.8.zip", "yanked": "other", "size": 7, "core_metadata": false}"#,
    #"{"filename": "part-1.0.tar.gz", "upload_timestamp": 0, "requires_dist": []}"#,
    #"{"filename": "part-1.0.zip", "url": "https://x.example/get/part-1.0.zip?a=1&b=2", "#
      + #""core_metadata": true}"#,
    "part.zip",
  ]

  private static func digits(_ count: Int) -> String { String(repeating: "0a", count: count / 2) }
}
