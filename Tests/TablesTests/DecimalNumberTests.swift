import EspalierTables
import EspalierTensors
import Testing

@Suite struct DecimalNumberTests {
  private func parse(_ text: String) -> Double? {
    var text = text
    return text.withUTF8 { DecimalNumber.parse($0) }
  }

  @Test(arguments: [
    "0", "-0", "+1", ".5", "5.", "-.25e2", "1e5", "1E-5", "1e+22", "1e23", "123456789012345678", "0.1", "1e-400",
    "4.9e-324",
    "1.7976931348623157e308", "0.000000000000000000000000000001", "9007199254740993",
  ])
  func isWhatTheStandardLibraryReads(text: String) throws {
    let number = try #require(parse(text))
    let standard =
      text.hasSuffix(".")
      ? Double(text + "0") : Double(text.hasPrefix(".") ? "0" + text : text.replacing("-.", with: "-0."))
    #expect(number.bitPattern == standard?.bitPattern)
  }

  @Test(arguments: [
    "", "-", ".", "e5", "1e", "1e+", "1e5.", "--1", "1 2", "0x10", "inf", "nan", "1e999", "1,5",
    "1e99999999999999999999", "١",
  ])
  func isNoNumber(text: String) {
    #expect(parse(text) == nil)
  }

  @Test func randomNumbersComeBack() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<20_000 {
      let number = (generator.uniform() - 0.5) * [1, 1e-3, 1e6, 1e15, 1e-20, 1e200][generator.index(below: 6)]
      #expect(parse("\(number)") == number)
    }
  }
}
