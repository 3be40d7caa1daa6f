/// Records for checks.
public enum KitRecords {
  /// Records of all kinds: wheels, source archives, odd versions, yanked and huge files, facts
  /// that are known and others that are not.
  public static let mixture = [
    "acme-core-1.0.tar.gz",
    "acme_core-1.1-py3-none-any.whl",
    #"{"filename":"acme_core-2.0-py3-none-any.whl","requires_python":">=3.9","size":1000}"#,
    #"{"filename":"acme_core-2.1.dev3-py3-none-any.whl","upload_time":"2026-01-02T03:04:05Z"}"#,
    #"{"filename":"Acme.Core-2.0rc1.zip","yanked":"broken","uploaded_by":"jo"}"#,
    #"{"filename":"acme_core-10!1.0.post1-1-cp311-abi3-manylinux_2_17_x86_64.whl","size":0}"#,
    #"{"filename":"tool-2019-final-build.tar.gz","license":"MIT"}"#,
    #"{"filename":"tool-1.0-py2.7.egg","yanked":true}"#,
    #"{"filename":"tool-1.0-py2.py3-none-any.whl","requires_dist":["acme-core>=1"]}"#,
    #"{"filename":"big-0.1-cp313-cp313-win_amd64.whl","size":5368709120,"summary":"A big one."}"#,
    #"{"filename":"big-0.0.tar.gz","description":"A\n","project_urls":{"Docs":"https://a.example/"}}"#,
    #"{"filename":"big-0.1+cu126-cp313-cp313-linux_x86_64.whl","upload_timestamp":1}"#,
    "one.letter-0.0.0a0.tar.bz2",
  ]

  /// An index to begin with.
  static let first = ["kit-a-1.0.zip", "kit-b-1.0.zip", "kit_c-1.0-py3-none-any.whl"]

  /// The same index later: one project is gone, one has changed, and one is new.
  static let second = ["kit-a-1.0.zip", "kit-b-1.0.zip", "kit-b-2.0.zip", "kit-d-1.0.tar.gz"]
}

/// Random numbers that are the same in every run: SplitMix64.
struct KitRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
