import EspalierFiles

/// Rows in memory as a source.
package struct RowsInMemory: RowSource {
  /// Empty: rows in memory have no names.
  package var featureNames: [String] { [] }
  private let rows: Rows

  /// The source of these rows.
  package init(_ rows: Rows) { self.rows = rows }

  /// A reader that returns all rows at once.
  package func reader() throws(EspalierError) -> any RowReader { Reader(rows) }

  private final class Reader: RowReader {
    private var rows: Rows?

    init(_ rows: Rows) { self.rows = rows }

    func next(atMost count: Int) -> Rows? {
      defer { rows = nil }
      return rows
    }
  }
}
