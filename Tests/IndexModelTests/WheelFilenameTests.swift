import IndexModel
import Testing

@Suite("File names of wheels")
struct WheelFilenameTests {
  /// The six parts of a wheel's name, with spaces between them.
  private func parts(_ filename: String) -> String? {
    let bytes = Array(filename.utf8)
    guard let wheel = WheelFilename(bytes.span) else { return nil }
    return [wheel.name, wheel.version, wheel.build, wheel.python, wheel.abi, wheel.platform]
      .map { String(decoding: bytes[$0], as: UTF8.self) }.joined(separator: " ")
  }

  @Test(
    "Names that keep to the specification are cut into their parts",
    arguments: [
      ("Foo.Bar-1.0-py3-none-any.whl", "Foo.Bar 1.0  py3 none any"),
      ("foo-1.0-1a-py3-none-any.whl", "foo 1.0 1a py3 none any"),
      ("foo-1!1.0-py3-none-any.whl", "foo 1!1.0  py3 none any"),
      ("foo-1.0_post1-py3-none-any.whl", "foo 1.0_post1  py3 none any"),
      (
        "a_b-1-py2.py3-cp39.abi3-win32.linux_x86_64.whl",
        "a_b 1  py2.py3 cp39.abi3 win32.linux_x86_64"
      ),
      ("foo-1.0-py-none-any.whl", "foo 1.0  py none any"),
      ("_-1-py3-none-any.whl", "_ 1  py3 none any"),
    ]
  )
  func cuts(_ filename: String, _ expected: String) {
    #expect(parts(filename) == expected)
  }

  @Test(
    "Names that an installer refuses are refused",
    arguments: [
      "", ".whl", "foo.whl", "foo-1.0-py3-none-any.WHL", "foo-1.0-py3-none.whl",
      "foo-1.0-1-py3-none-any-x.whl", "foo__bar-1.0-py3-none-any.whl", "-1.0-py3-none-any.whl",
      "foo+bar-1.0-py3-none-any.whl", "foo-x-py3-none-any.whl", "foo--py3-none-any.whl",
      "foo-1.0-a1-py3-none-any.whl", "foo-1.0--py3-none-any.whl", "foo-1.0--none-any.whl",
      "foo-1.0-py3--any.whl", "foo-1.0-py3-none-.whl", "foo-1.0-py3.-none-any.whl",
      "foo-1.0-.py3-none-any.whl", "foo-1.0-py3..py2-none-any.whl", "foo-1.0-2.7.6-none-any.whl",
      "foo-1.0-py3-no..ne-any.whl", "foo-1.0-py3-none-any..whl",
      "foo-1.0.post5.post2-py3-none-any.whl",
      "caf\u{E9}-1.0-py3-none-any.whl",
    ]
  )
  func refuses(_ filename: String) {
    #expect(parts(filename) == nil)
  }

  @Test(
    "Wheels of early tools are kept, with the version that they have",
    arguments: [
      (
        "foo-1.0.post5.post2-py3-none-any.whl",
        .init(.wheel, "foo", "1.0.post5.post2", isValid: false)
      ),
      ("foo-1.0dirty-27-none-any.whl", .init(.wheel, "foo", "1.0dirty", isValid: false)),
      ("foo__bar-1.0-py3-none-any.whl", .init(.wheel, "foo-bar", "1.0")),
      ("foo+bar-1.0-py3-none-any.whl", .init(.wheel, "foo+bar", "1.0")),
    ] as [(String, FilenameParts)]
  )
  func tolerates(_ filename: String, _ expected: FilenameParts) throws {
    #expect(parts(filename) == nil)
    #expect(try FilenameParts(filename) == expected)
  }
}
