import IndexModel
import StrictJSON
import Testing

@testable import IndexRendering

struct WebWordsTests {
  @Test(arguments: [
    ("a-1-py3-none-any.whl", "Wheel for Python 3"),
    ("a-1-py2.py3-none-any.whl", "Wheel for Python 2/3"),
    ("a-1-cp39.pp39-none-any.whl", "Wheel for CPython 3.9/PyPy 3.9"),
    ("a-1-7-py3-none-any.whl", "Wheel for Python 3, build 7"),
    (
      "a-1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
      "Wheel for CPython 3.11, Linux x86-64 (glibc 2.17+)"
    ),
    (
      "a-1-cp313-cp313t-musllinux_1_2_aarch64.linux_armv7l.whl",
      "Wheel for CPython 3.13 free-threaded, Linux ARM64 (musl 1.2+) or Linux armv7l"
    ),
    (
      "a-1-cp37-abi3-macosx_10_9_universal2.whl",
      "Wheel for CPython 3.7 or later, macOS 10.9+ ARM64 and x86-64"
    ),
    ("a-1-cp38-cp38-win32.whl", "Wheel for CPython 3.8, Windows x86"),
    ("a-1-cp38-cp38-win_amd64.whl", "Wheel for CPython 3.8, Windows x86-64"),
    ("a-1-cp38-cp38-manylinux1_i686.whl", "Wheel for CPython 3.8, Linux x86 (glibc 2.5+)"),
    ("a-1-graalpy3-odd_1-manylinux_odd.whl", "Wheel for graalpy3, manylinux_odd"),
    ("a-1.tar.gz", "Source"),
    ("a-1.0-py2.7.egg", "Egg for Python 2.7"),
    ("a-1.win32-py2.6.exe", "Windows installer for Python 2.6"),
    ("a-1-1.noarch.rpm", "RPM package"),
  ])
  func saysWhereAFileCanBeInstalled(_ filename: String, _ words: String) throws {
    let bytes = Array(filename.utf8)
    var buffer = ByteBuffer()
    buffer.append(kindOf: try DistributionFilename(bytes.span), bytes.span)
    #expect(String(decoding: buffer.span) == words)
  }

  @Test(arguments: [
    (0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1.0 kB"), (12_345, "12.3 kB"),
    (999_949, "999.9 kB"), (999_950, "1.0 MB"), (1_000_000, "1.0 MB"), (1_250_000, "1.3 MB"),
    (999_999_999, "1.0 GB"), (Int64.max, "9.2 EB"),
  ])
  func showsSizesInTheUnitThatSuits(_ size: Int64, _ words: String) {
    var buffer = ByteBuffer()
    buffer.append(size: size)
    #expect(String(decoding: buffer.span) == words)
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (1_002_003, "1,002,003"), (71_386, "71,386"),
  ])
  func groupsDigits(_ number: Int, _ words: String) {
    var buffer = ByteBuffer()
    buffer.append(grouped: number)
    #expect(String(decoding: buffer.span) == words)
  }
}
