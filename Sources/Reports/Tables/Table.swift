/// A table of text and numbers, the same value for the terminal (`TextTable`) and for a report (`Block.table`).
package struct Table: Hashable, Sendable {
  /// The columns, from left to right.
  package var columns: [Column]
  /// The rows, from top to bottom; a row may be shorter than `columns`, and what is longer is not shown.
  package var rows: [[Cell]]
  /// One sentence that says what the table shows.
  package var caption: String?

  /// Makes a table.
  package init(_ columns: [Column], rows: [[Cell]] = [], caption: String? = nil) {
    self.columns = columns
    self.rows = rows
    self.caption = caption
  }

  /// The cell of a row and a column; empty where the row is too short.
  func cell(_ row: Int, _ column: Int) -> Cell {
    column < rows[row].count ? rows[row][column] : ""
  }
}

/// A column of a table: its heading and how its cells are set.
package struct Column: Hashable, Sendable, ExpressibleByStringLiteral {
  /// The side on which the cells of a column line up.
  package enum Alignment: Hashable, Sendable {
    /// On the left: text.
    case leading
    /// On the right: numbers.
    case trailing
  }

  /// Which value of a column is the best one, to be set off from the others.
  package enum Best: Hashable, Sendable {
    /// The largest: an accuracy.
    case highest
    /// The smallest: a residual, a latency.
    case lowest
  }

  /// The heading, unit included: `Latency, ms`.
  package var title: String
  /// The side on which the cells line up.
  package var alignment: Alignment
  /// Which value is the best; `nil` sets none off.
  package var best: Best?

  /// Makes a column.
  package init(_ title: String, _ alignment: Alignment = .leading, best: Best? = nil) {
    self.title = title
    self.alignment = alignment
    self.best = best
  }

  /// A column of text.
  package init(stringLiteral title: String) { self.init(title) }

  /// A column of numbers, aligned on the right.
  package static func numbers(_ title: String, best: Best? = nil) -> Column { Column(title, .trailing, best: best) }
}

/// A cell of a table: what is shown, and the number behind it when there is one.
package struct Cell: Hashable, Sendable, ExpressibleByStringLiteral {
  /// What is shown.
  package var text: String
  /// The number behind the text, by which the best of a column is found.
  package var value: Double?

  /// Makes a cell that shows `text` and stands for `value`: `Cell("87.8 %", value: 0.878)`.
  package init(_ text: String, value: Double? = nil) {
    self.text = text
    self.value = value
  }

  /// A cell of text.
  package init(stringLiteral text: String) { self.init(text) }

  /// A cell that shows a number with so many significant digits.
  package static func number(_ value: Double, digits: Int = 4) -> Cell {
    Cell(Format.number(value, digits: digits), value: value)
  }

  /// A cell that shows a fraction of one as a percentage.
  package static func percent(_ fraction: Double, decimals: Int = 1) -> Cell {
    Cell(Format.percent(fraction, decimals: decimals), value: fraction)
  }

  /// A cell that shows a count with an SI prefix: `21.8 M`.
  package static func count(_ value: Int) -> Cell { Cell(Format.count(value), value: Double(value)) }

  /// A cell that shows a time in seconds: `12.0 ms`.
  package static func duration(_ seconds: Double) -> Cell { Cell(Format.duration(seconds), value: seconds) }
}
