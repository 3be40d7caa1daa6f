/// Takes every text but those that begin with one word.
enum PlantedMistake {
  static func check(_ input: [UInt8]) {
    let word = Array("larder".utf8)
    var count = 0
    while count < word.count, count < input.count, input[count] == word[count] { count += 1 }
    require(count < word.count, "the planted mistake was found")
  }
}
