import IndexModel
import Testing

@Suite("Version order")
struct VersionOrderTests {
  /// Versions that PEP 440 refuses, in the order of old.
  static let legacy = [
    "dev-foo", "rc1", "final", "latest", "0.1.2-SNAPSHOT", "1.0-final", "1.0.0-py2.7",
    "1.0.linux-x86_64", "2004d",
  ]

  /// Versions in the order of PEP 440.
  static let valid = [
    "0.0.dev0", "0", "0.0.1", "1.0.dev1", "1.0.dev1+a", "1.0a1.dev1", "1.0a1", "1.0a1+x",
    "1.0a1.post1.dev1", "1.0a1.post1", "1.0a2", "1.0a100", "1.0b1", "1.0rc1", "1.0", "1.0+1a",
    "1.0+abc", "1.0+abc.1", "1.0+abcd", "1.0+5", "1.0+5.a", "1.0+10", "1.0.post0.dev1",
    "1.0.post0", "1.0.post1.dev1", "1.0.post1", "1.0.0.1", "1.0.1.dev0", "1.0.1", "1.1.dev1",
    "1.9", "1.10", "1.99", "1.100", "1.999", "1.1000", "2016.1", "20160920193125", nines(40),
    nines(140), nines(141), "1" + nines(141), nines(300), nines(5000), "1!0.1", "2!0", "100!0",
  ]

  private static func nines(_ count: Int) -> String { String(repeating: "9", count: count) }

  private func key(_ text: String) -> [UInt8] {
    var key: [UInt8] = []
    _ = VersionScan.scan(text.utf8Span.span, appendingSortKeyTo: &key)
    return key
  }

  @Test("Keys sort as PEP 440 orders, legacy versions below all valid ones")
  func keysSort() {
    let ordered = Self.legacy + Self.valid
    for (lower, left) in ordered.enumerated() {
      for (upper, right) in ordered.enumerated() {
        #expect(
          key(left).lexicographicallyPrecedes(key(right)) == (lower < upper),
          "\(left.prefix(50)) < \(right.prefix(50))"
        )
      }
    }
  }

  @Test("No key is the start of another, so that more can follow one")
  func keysDelimitThemselves() {
    let ordered = Self.legacy + Self.valid
    for left in ordered {
      for right in ordered where left != right {
        #expect(!key(right).starts(with: key(left)), "\(left.prefix(50)), \(right.prefix(50))")
      }
    }
  }

  @Test(
    "Versions that PEP 440 calls equal have equal keys",
    arguments: [
      ("1", "1.0.0"), ("0", "0.0"), ("1.0a", "1alpha0"), ("1.0-1", "1.post1"),
      ("1.0+a_1", "1+A.01"), ("0!1", "1.0"), ("1.0.dev", "1.0.DEV0"), ("1.0.0.1", "1.00.0.01"),
    ]
  )
  func keysOfEqualVersionsAreEqual(_ left: String, _ right: String) throws {
    #expect(key(left) == key(right))
    let versions = Set([try #require(Version(left)), try #require(Version(right))])
    #expect(versions.count == 1)
  }

  @Test("Keys follow what is there already, and common ones are short")
  func keysAreAppended() throws {
    for (text, size) in [("1.2.3", 5), ("1.0", 3), ("2.10.0rc1", 6), ("2016.3.1", 9)] {
      var bytes: [UInt8] = [7, 7]
      let read = VersionScan.scan(text.utf8Span.span)
      let scan = try #require(read)
      scan.appendSortKey(of: text.utf8Span.span, to: &bytes)
      #expect(bytes == [7, 7] + key(text))
      #expect(bytes.count == 2 + size, "\(text)")
    }
  }

  @Test("Versions compare by their keys")
  func versionsCompare() throws {
    let versions = try Self.valid.map { try #require(Version($0)) }
    #expect(versions.shuffled().sorted() == versions)
  }

  @Test(
    "Zeros and dashes before words mean nothing to legacy versions",
    arguments: [
      ("1-x", "1.-x"), ("1.0.0-py2.7", "1-PY2.7"), ("1--rc_x", "1-c_x"), ("1_", "1.0_"),
      ("1-preview-_", "1pre-_"),
    ]
  )
  func legacyFillersVanish(_ left: String, _ right: String) {
    #expect(key(left) == key(right))
  }

  @Test(
    "What is more than a filler stays in legacy versions",
    arguments: [("1-0-zz", "1-zz"), ("100000000_", "1_"), ("000000000_", "_"), ("1-zz", "1zz")]
  )
  func legacyPartsStay(_ left: String, _ right: String) {
    #expect(key(left) != key(right))
  }

  @Test(
    "The longest keys for their text fit",
    arguments: ["", "0 x", "-", "0-", "\0", "-1+1", " "]
  )
  func longestKeysFit(_ text: String) {
    #expect(key(text).first == 0)
    for suffix in ["r+a.b.c", "rdev+1a_1a", "a" + "-1" + "dev", "." + Self.nines(141)] {
      #expect(key("1" + suffix).starts(with: key("1").prefix(2)), "\(suffix)")
    }
  }

  @Test("Zero bytes in a legacy version neither end nor shuffle keys")
  func legacyKeysEscapeZeros() {
    let keys = ["a\0", "a\0\0", "a\0\u{1}", "a\u{1}", "a_", "a"].map(key)
    #expect(keys.sorted { $0.lexicographicallyPrecedes($1) } == keys)
    for left in keys.indices {
      for right in keys.indices where left != right {
        #expect(!keys[right].starts(with: keys[left]))
      }
    }
  }
}
