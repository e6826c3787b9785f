/// A table of text and numbers, for both the terminal (`TextTable`) and a report (`Block.table`).
package struct Table: Hashable, Sendable {
  /// The columns, from left to right.
  package var columns: [Column]
  /// The rows, from top to bottom; a row may be shorter than `columns`, and further cells are not shown.
  package var rows: [[Cell]]
  /// One sentence on the contents of the table.
  package var caption: String?

  /// Makes a table.
  package init(_ columns: [Column], rows: [[Cell]] = [], caption: String? = nil) {
    self.columns = columns
    self.rows = rows
    self.caption = caption
  }

  /// The cell at a row and column; empty if the row is too short.
  func cell(_ row: Int, _ column: Int) -> Cell {
    column < rows[row].count ? rows[row][column] : ""
  }
}

/// A column of a table: its heading and the format of its cells.
package struct Column: Hashable, Sendable, ExpressibleByStringLiteral {
  /// The alignment of the cells of a column.
  package enum Alignment: Hashable, Sendable {
    /// Left, for text.
    case leading
    /// Right, for numbers.
    case trailing
  }

  /// The value of a column that is best, to be marked.
  package enum Best: Hashable, Sendable {
    /// The largest, as for an accuracy.
    case highest
    /// The smallest, as for a residual or a latency.
    case lowest
  }

  /// The heading, with the unit: `Latency, ms`.
  package var title: String
  /// The alignment of the cells.
  package var alignment: Alignment
  /// The value that is best; `nil` to mark none.
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

/// A cell of a table: its text, and the number that it represents, if any.
package struct Cell: Hashable, Sendable, ExpressibleByStringLiteral {
  /// The text.
  package var text: String
  /// The number that the text represents, by which the best of a column is found.
  package var value: Double?

  /// Makes a cell with text `text` that represents `value`: `Cell("87.8 %", value: 0.878)`.
  package init(_ text: String, value: Double? = nil) {
    self.text = text
    self.value = value
  }

  /// A cell of text.
  package init(stringLiteral text: String) { self.init(text) }

  /// A cell that shows a number with `digits` significant digits.
  package static func number(_ value: Double, digits: Int = 4) -> Cell {
    Cell(Format.number(value, digits: digits), value: value)
  }

  /// A cell that shows a fraction as a percentage.
  package static func percent(_ fraction: Double, decimals: Int = 1) -> Cell {
    Cell(Format.percent(fraction, decimals: decimals), value: fraction)
  }

  /// A cell that shows a count with an SI prefix: `21.8 M`.
  package static func count(_ value: Int) -> Cell { Cell(Format.count(value), value: Double(value)) }

  /// A cell that shows a time in seconds: `12.0 ms`.
  package static func duration(_ seconds: Double) -> Cell { Cell(Format.duration(seconds), value: seconds) }
}
