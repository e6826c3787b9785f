/// A table as fixed-width text: headings, a rule, and aligned columns.
///
///     layer1.0.conv1    64   1.24 ms
///
/// In a terminal it fits the width (text is shortened in its middle, numbers never are) and headings are bold; in a
/// file or a pipe it is plain and complete.
package struct TextTable: Sendable {
  /// The table.
  package var table: Table
  /// The terminal.
  package var terminal: Terminal

  /// The text form of a table for a terminal: `print(TextTable(table, for: .standardOutput).text)`.
  package init(_ table: Table, for terminal: Terminal = .plain) {
    self.table = table
    self.terminal = terminal
  }

  /// The lines of the table, each ended by a newline except the last; no line ends in spaces.
  package var text: String {
    let widths = columnWidths()
    var lines: [String] = []
    if let caption = table.caption { lines += [caption.printable, ""] }
    let headings = table.columns.indices.map { column in
      styled(set(table.columns[column].title, column, widths), as: .bold, pads: true)
    }
    lines.append(joined(headings))
    lines.append(styled(joined(widths.map { String(repeating: "─", count: $0) }), as: .dim))
    let best = table.bestValues()
    for row in table.rows.indices {
      let cells = table.columns.indices.map { column in
        let cell = table.cell(row, column)
        let text = set(cell.text, column, widths)
        return best[column] != nil && best[column] == cell.value ? styled(text, as: .bold, pads: true) : text
      }
      lines.append(joined(cells))
    }
    return lines.joined(separator: "\n")
  }

  private enum Style: String {
    case bold = "1"
    case dim = "2"
  }

  /// The space between two columns.
  private static let gap = 2
  /// The width below which a text column is not shortened.
  private static let smallest = 8

  /// The widths of the columns: those of their cells, then the widest text columns are reduced until the lines fit.
  private func columnWidths() -> [Int] {
    var widths = table.columns.indices.map { column in
      let cells = table.rows.indices.map { TextWidth.of(shown(table.cell($0, column).text)) }
      return max(TextWidth.of(table.columns[column].title), cells.max() ?? 0)
    }
    guard let width = terminal.width else { return widths }
    var excess = widths.reduce(0, +) + Self.gap * max(0, widths.count - 1) - width
    while excess > 0 {
      let shrinkable = widths.indices.filter {
        table.columns[$0].alignment == .leading && widths[$0] > Self.smallest
      }
      guard let widest = shrinkable.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }

  private func set(_ text: String, _ column: Int, _ widths: [Int]) -> String {
    let fitted = TextWidth.shortened(shown(text), to: widths[column])
    return TextWidth.padded(fitted, to: widths[column], table.columns[column].alignment)
  }

  /// One line, with control characters escaped.
  private func shown(_ text: String) -> String {
    String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 }).printable
  }

  private func joined(_ cells: [String]) -> String {
    var line = cells.joined(separator: String(repeating: " ", count: Self.gap))
    while line.hasSuffix(" ") { line.removeLast() }
    return line
  }

  /// `text` in bold or dim if the terminal supports it; `pads` leaves the surrounding spaces unstyled.
  private func styled(_ text: String, as style: Style, pads: Bool = false) -> String {
    guard terminal.hasStyles, text.contains(where: { $0 != " " }) else { return text }
    let head = pads ? text.prefix { $0 == " " } : ""
    let tail = pads ? String(text.reversed().prefix { $0 == " " }) : ""
    let core = text.dropFirst(head.count).dropLast(tail.count)
    return "\(head)\u{1B}[\(style.rawValue)m\(core)\u{1B}[0m\(tail)"
  }
}
