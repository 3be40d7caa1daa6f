/// Makes up names of projects, each only once.
enum ProjectNames {
  /// A name in the two spellings that file names have.
  struct Name {
    let text: String
    let underscored: String
  }

  private static let prefixes = [
    "py", "python", "django", "flask", "pytest", "aws-cdk", "azure-mgmt", "sphinx", "odoo14-addon",
    "jupyter", "types", "google-cloud", "open", "fast", "simple", "async",
  ]
  private static let suffixes = [
    "api", "cli", "client", "core", "data", "io", "lib", "ml", "sdk", "server", "tools", "utils",
  ]

  /// The name of a project.
  ///
  /// - Parameter number: Its number, below 2^24. Its syllables are found in one name only, and are
  ///   shuffled, so that names are not made in their order.
  static func name(of number: Int, _ random: inout SplitMix) -> Name {
    var parts: [String] = []
    if random.happens(40) { parts.append(random.pick(prefixes)) }
    // An odd factor maps the numbers below 2^24 to each other.
    parts.append(syllables(of: (number &* 0x5D_E56B + 0x1A_2B3C) & 0xFF_FFFF))
    if random.happens(35) { parts.append(random.pick(suffixes)) }
    let text = parts.joined(separator: "-")
    let underscored = String(text.map { $0 == "-" ? "_" : $0 })
    let isMixedCase = random.happens(6)
    return Name(
      text: isMixedCase ? text.capitalizedFirst : text,
      underscored: isMixedCase ? underscored.capitalizedFirst : underscored
    )
  }

  /// A number in base 64 with syllables for digits.
  private static func syllables(of number: Int) -> String {
    let consonants = Array("bdfghklmnprstvwz")
    let vowels = Array("aeio")
    var text = ""
    for shift in [18, 12, 6, 0] {
      let digit = number >> shift & 63
      text.append(consonants[digit >> 2])
      text.append(vowels[digit & 3])
    }
    return text
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
