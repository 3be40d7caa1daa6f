/// Takes every text but those that begin with one word.
///
/// The word has four bytes: libFuzzer counts the rounds of a loop as 1, 2, 3 or 4 to 7, so that each
/// byte is progress that it sees.
enum PlantedMistake {
  static func check(_ input: [UInt8]) {
    let word = Array("dist".utf8)
    var count = 0
    while count < word.count, count < input.count, input[count] == word[count] { count += 1 }
    require(count < word.count, "the planted mistake was found")
  }
}
