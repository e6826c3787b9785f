import EspalierFiles

/// Rows in memory as a source of blocks.
package struct RowsInMemory: RowSource {
  /// The names of the features; empty where nobody asks for them.
  package let featureNames: [String]
  private let rows: Rows

  /// The source of these rows.
  package init(_ rows: Rows, featureNames: [String] = []) {
    self.rows = rows
    self.featureNames = featureNames
  }

  /// A reader from the first row on.
  package func reader() throws(EspalierError) -> any RowReader { Reader(rows) }

  private final class Reader: RowReader {
    private let rows: Rows
    private var next = 0

    init(_ rows: Rows) { self.rows = rows }

    func next(atMost count: Int) -> Rows? {
      guard next < rows.count else { return nil }
      let range = next..<next + min(count, rows.count - next)
      next = range.upperBound
      return rows.selecting(range)
    }
  }
}
