/// Makes up the versions of one project, oldest first, each only once.
struct VersionGenerator {
  private let isCalendar: Bool
  private var major: Int
  private var minor: Int
  private var patch: Int

  init(_ random: inout SplitMix) {
    isCalendar = random.happens(8)
    major = isCalendar ? 2016 + random.number(below: 9) : random.number(below: 3) / 2
    minor = isCalendar ? 1 + random.number(below: 12) : random.number(below: 2)
    patch = random.number(below: 2)
  }

  /// The next version.
  mutating func next(_ random: inout SplitMix) -> String {
    advance(&random)
    let numbers = "\(major).\(minor).\(patch)"
    return switch random.number(below: 100) {
    case ..<4: "\(numbers)rc\(1 + random.number(below: 3))"
    case ..<7: "\(numbers)b\(1 + random.number(below: 4))"
    case ..<9: "\(numbers)a\(1 + random.number(below: 4))"
    case ..<12: "\(numbers).dev\(random.number(below: 400))"
    case ..<14: "\(numbers).post\(1 + random.number(below: 2))"
    default: numbers
    }
  }

  private mutating func advance(_ random: inout SplitMix) {
    let step = random.number(below: 100)
    if step < 70 {
      patch += 1
    } else if step < 96 && (!isCalendar || minor < 12) {
      (minor, patch) = (minor + 1, 0)
    } else {
      (major, minor, patch) = (major + 1, isCalendar ? 1 : 0, 0)
    }
  }
}
