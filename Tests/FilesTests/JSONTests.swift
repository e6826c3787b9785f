import EspalierFiles
import EspalierTestSupport
import Testing

/// JSON text to values.
struct JSONTests {
  private func parse(_ text: String) throws -> JSONValue { try JSONValue(parsing: Array(text.utf8), subject: "x.json") }

  @Test func everyKindOfValue() throws {
    let value = try parse(
      #" {"a": [1, -20, 0, 1.5, -2e3, 1E+2, 123456789012345683968], "#
        + #""b": {"c": null, "d": true, "e": false}, "f": "x", "g": [], "h": {}} "#
    )
    let numbers = try #require(value["a"]?.elements)
    #expect(numbers.prefix(3).map(\.integer) == [1, -20, 0] && numbers[3].integer == nil)
    if case .number(let number) = numbers[4] { #expect(number == -2000) } else { Issue.record("no number") }
    if case .number(let number) = numbers[6] {
      #expect(number == 0x1.ac53a7e04bcdap66)
    } else {
      Issue.record("no number")
    }
    #expect(value["b"]?["c"]?.isNull == true && value["b"]?["d"]?.bool == true && value["b"]?["e"]?.bool == false)
    #expect(value["f"]?.string == "x" && value["g"]?.elements?.isEmpty == true && value["h"]?.members?.isEmpty == true)
    #expect(value["z"] == nil && value.members?.map(\.name) == ["a", "b", "f", "g", "h"])
  }

  @Test func strings() throws {
    #expect(try parse(#""a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é""#).string == "a\"\\/\u{8}\u{C}\n\r\té😀é")
    // Names that are only canonically equivalent stay apart; of equal names the last counts.
    let value = try parse(#"{"\u00e9": 1, "e\u0301": 2, "a": 3, "a": 4}"#)
    #expect(value["\u{E9}"]?.integer == 1 && value["e\u{301}"]?.integer == 2 && value["a"]?.integer == 4)
  }

  @Test func quotingIsUndoneByParsing() throws {
    let text = String(String.UnicodeScalarView((0...0x2FF).compactMap(Unicode.Scalar.init))) + "😀\u{2028}"
    #expect(try parse(JSONValue.quoted(text)).string == text)
  }

  @Test(arguments: [
    "", " ", "{", "[", "[1", "[1,", "[1,]", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,}", "{a:1}", "{1:1}", "1 2",
    "[] x", "tru",
    "nul", "01", "-", "1.", ".5", "1e", "+1", "\"", "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\ud800\"",
    "\"\\udc00\"",
    "\"\\ud800\\u0041\"", "\"\\ud800\\\"", "\"\n\"", "\u{FEFF}1", "'a'", "NaN", "Infinity",
  ])
  func malformedTextIsRefused(text: String) {
    let error = dataError { () throws(EspalierError) in try JSONValue(parsing: Array(text.utf8), subject: "x.json") }
    #expect(error?.subject == "x.json" && error?.fault.contains("not valid JSON") == true, "\(text)")
  }

  @Test func badBytesAndDeepNesting() {
    for bytes in [[0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0xFF]] as [[UInt8]] {
      #expect(dataError { () throws(EspalierError) in try JSONValue(parsing: bytes, subject: "x") } != nil)
    }
    let deep = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    #expect(
      dataError { () throws(EspalierError) in try JSONValue(parsing: deep, subject: "x") }?.fault.contains("nested")
        == true
    )
  }
}
