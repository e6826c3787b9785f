import EspalierThreading

/// The rows of a matrix, divided among threads if the work is large enough.
struct RowParts: Sendable {
  private let rows: Int
  private let parts: Int

  /// `rows` rows of `size` elements, each of which takes `costPerElement` simple operations.
  init(rows: Int, size: Int, costPerElement: Int = 1) {
    self.rows = rows
    parts = max(1, min(Threads.count, rows, rows * size * costPerElement / (1 << 15)))
  }

  /// Calls `body` with every row, from several threads concurrently.
  func forEach(_ body: (Int) -> Void) {
    Threads.run(parts) { part in
      for row in rows * part / parts..<rows * (part + 1) / parts { body(row) }
    }
  }
}
