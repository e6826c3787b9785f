import EspalierReports
import Testing

/// Text from files cannot command a terminal.
struct PrintableTests {
  @Test func whatIsNotSeenIsEscaped() {
    #expect("a\u{1B}[1mb\n\t\u{0}".printable == #"a\u{1B}[1mb\u{A}\u{9}\u{0}"#)
    #expect("\u{202E}abc\u{2028}\u{85}\u{7F}".printable == #"\u{202E}abc\u{2028}\u{85}\u{7F}"#)
  }

  @Test func whatIsSeenStays() {
    let text = "layer1.0/conv é 中文 👩‍👩‍👧 \\u{1B}"
    #expect(text.printable == text)
  }

  @Test func tablesStayInLine() {
    let table = Table(["name"], rows: [[Cell("a\u{1B}b")], [Cell("plain")]])
    let lines = TextTable(table).text.split(separator: "\n")
    #expect(lines[2] == #"a\u{1B}b"#)
    #expect(lines[1].count == #"a\u{1B}b"#.count)
  }
}
