import EspalierReports
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Reports in HTML")
struct DocumentTests {
  private let hostile = "<script>alert(\"x\")</script> & 'y' \u{0} ]]>"

  /// A report with every kind of block, and a hostile text in every place that takes one.
  private func everything() -> Document {
    let x = Axis(hostile, .logarithmic, ticks: [32, 64, 128])
    let chart = Chart(
      hostile, x: x, y: Axis(hostile, labels: .percentages),
      series: (0..<9).map { index in
        Series(
          hostile, [Point(32, 0.5, spread: 0.4...0.6), Point(64, .nan), Point(-1, 0.1), Point(128, Double(index) / 9)])
      }, references: [.horizontal(0.9, hostile), .vertical(64, hostile), .vertical(-3, hostile)], caption: hostile)
    let decades = Chart(
      "r", x: Axis("s"), y: Axis("r", .logarithmic, range: 1e-16...1),
      series: [Series("a", x: (1...200).map(Double.init), y: (1...200).map { exp(-0.2 * Double($0)) })])
    let map = HeatMap(
      hostile, x: Axis(hostile, .logarithmic), columns: [0.1, 1, 10], y: Axis(hostile), rows: [0, 0.5],
      values: [[1, 1, .nan], [2, 3, .infinity]], color: Axis(hostile), missing: hostile, caption: hostile)
    let table = Table(
      [Column(hostile), .numbers(hostile, best: .lowest)],
      rows: [[Cell(hostile), .number(1)], [], ["b", .number(2)]],
      caption: hostile)
    let diagram = LayerDiagram(
      hostile, layers: (0..<90).map { .init(hostile, block: hostile, width: $0, kept: $0 / 2, note: hostile) },
      links: (0..<80).map { .init(from: $0, to: $0 + 9) }, caption: hostile)
    let blocks: [Block] = [
      .paragraph(hostile + " **a `b` c**"), .facts([hostile: hostile]), .table(table), .chart(chart), .chart(decades),
      .heatMap(map), .verdict(.mixed, claim: hostile, evidence: hostile), .code(hostile),
      .diagram(diagram), .diagram(LayerDiagram("empty", layers: [])), .verdict(.caution, claim: hostile, evidence: ""),
      .chart(Chart("empty", x: Axis("x"), y: Axis("y", .logarithmic), series: [])),
    ]
    return Document(
      title: hostile, subtitle: hostile,
      sections: [Section(hostile, blocks + [.details(summary: hostile, blocks), .sideBySide(blocks)])])
  }

  @Test("the file is well formed, whatever the text")
  func wellFormed() {
    let html = everything().html
    let parser = XMLParser(data: Data(html.utf8))
    #expect(parser.parse(), "line \(parser.lineNumber): \(String(describing: parser.parserError))")
    #expect(!html.contains("<script"))
    #expect(!html.contains("nan") && !html.contains("inf "))
  }

  @Test("the same value gives the same bytes")
  func determinism() {
    #expect(everything().html == everything().html)
  }

  @Test("nothing is fetched")
  func selfContained() {
    let html = everything().html.replacing("http://www.w3.org/2000/svg", with: "")
    for word in ["http:", "https:", "url(", "@import", "src="] { #expect(!html.contains(word)) }
  }

  @Test(
    "light emphasis",
    arguments: [
      ("a **b** c", "a <strong>b</strong> c"), ("*b*", "<em>b</em>"), ("`x*y*`", "<code>x*y*</code>"),
      ("2 * 3 * 4", "2 * 3 * 4"), ("**open", "**open"), ("**a *b* c**", "<strong>a <em>b</em> c</strong>"),
      ("1 < 2 & `a<b>`", "1 &lt; 2 &amp; <code>a&lt;b&gt;</code>"), ("", ""),
    ])
  func emphasis(text: String, expected: String) {
    let html = Document(title: "t", sections: [Section("s", [.paragraph(text)])]).html
    #expect(html.contains("<p>\(expected)</p>"))
  }

  @Test("the best of a column is set off, unless all are equal")
  func best() {
    let table = Table(
      [.numbers("a", best: .highest), .numbers("b", best: .lowest), .numbers("c", best: .lowest)],
      rows: [[.number(1), .number(5), .number(3)], [.number(2), .number(4), .number(3)], [.number(.nan)]])
    let html = Document(title: "t", sections: [Section("s", [.table(table)])]).html
    #expect(html.contains("<b title=\"the best of its column\">2</b>"))
    #expect(html.contains("<b title=\"the best of its column\">4</b>"))
    #expect(html.components(separatedBy: "<b ").count == 3)
  }

  @Test("points say their values, and equal neighbours in a map share a cell")
  func tooltips() {
    let html = everything().html
    #expect(html.contains(": 32\n"))
    #expect(html.contains(": 0.1 to 1\n"))
    #expect(html.contains("40 % to 60 %"))
  }
}
