import EspalierReports
import Testing

@Suite("Tables in the terminal")
struct TextTableTests {
  private let table = Table(
    ["Group", .numbers("Kept"), "Frozen by"],
    rows: [["layer1.0.conv1", "32", "ドロップ"], ["é", "1234567"], ["fc", "5", "Loop", "not shown"]])

  @Test("columns line up, whatever the characters")
  func alignment() {
    let expected = """
      Group              Kept  Frozen by
      ──────────────  ───────  ─────────
      layer1.0.conv1       32  ドロップ
      é               1234567
      fc                    5  Loop
      """
    #expect(TextTable(table).text == expected)
  }

  @Test("in a narrow terminal text gives way, numbers do not", arguments: [28, 30, 33])
  func fitting(width: Int) {
    let terminal = Terminal(isInteractive: true, width: width, hasStyles: false)
    let text = TextTable(table, for: terminal).text
    for line in text.split(separator: "\n") { #expect(TextWidth.of(String(line)) <= width) }
    #expect(text.contains("1234567"))
    #expect(text.contains("…"))
  }

  @Test("styles appear only where the terminal has them, and do not move columns")
  func styles() {
    let best = Table(
      ["Method", .numbers("Top-1", best: .highest)], rows: [["a", .percent(0.7)], ["b", .percent(0.72)]])
    #expect(!TextTable(best).text.contains("\u{1B}"))
    let text = TextTable(best, for: Terminal(isInteractive: true, width: 80)).text
    #expect(text.contains("\u{1B}[1m72.0 %\u{1B}[0m"))
    #expect(!text.contains("\u{1B}[1m70.0 %"))
  }

  @Test func widths() {
    #expect(TextWidth.of("e\u{301}") == 1)
    #expect(TextWidth.of("漢字") == 4)
    #expect(TextWidth.of("🌿") == 2)
    #expect(TextWidth.shortened("layer1.0.conv1", to: 9) == "laye…onv1")
    #expect(TextWidth.shortened("漢字漢字", to: 5) == "漢…字")
    #expect(TextWidth.shortened("abc", to: 0) == "")
  }
}
