import CEspalierPrefetch

/// Sparse examples laid out for random access: the data of a row is contiguous, and so are the column and value of an
/// element. Reading a row then costs two cache misses, not one for each array of ``Examples``.
///
/// Takes 16 bytes an element and 48 a row; building it takes one pass. The owner deallocates it explicitly, so that
/// loops do not count references.
struct PackedExamples {
  /// The data of an example other than its elements.
  struct Row {
    let start, end: Int
    let target, weight, offset, squaredNorm: Double
  }

  /// One element of a row.
  struct Element {
    let column: Int32
    let value: Double
  }

  /// The rows.
  let rows: UnsafeMutableBufferPointer<Row>
  /// Whether the model has an intercept.
  let hasIntercept: Bool
  private let elements: UnsafeMutableBufferPointer<Element>

  init(_ examples: Examples<SparseRows>) {
    let sparse = examples.rows
    hasIntercept = examples.hasIntercept
    elements = .allocate(capacity: sparse.values.count)
    for position in elements.indices {
      elements.initializeElement(
        at: position, to: Element(column: sparse.columns[position], value: sparse.values[position]))
    }
    rows = .allocate(capacity: examples.count)
    for row in rows.indices {
      rows.initializeElement(
        at: row,
        to: Row(
          start: sparse.starts[row], end: sparse.starts[row + 1], target: examples.targets[row],
          weight: examples.weight(row), offset: examples.offsets.map { $0[row] } ?? 0,
          squaredNorm: sparse.squaredNorm(row)))
    }
  }

  func deallocate() {
    elements.deallocate()
    rows.deallocate()
  }

  /// The elements of a row.
  @inline(__always)
  func elements(of row: Row) -> UnsafeMutableBufferPointer<Element> {
    UnsafeMutableBufferPointer(rebasing: elements[row.start..<row.end])
  }

  /// Prefetches the data of a row, which may span two cache lines.
  @inline(__always)
  func prefetch(row: Int) {
    let start = UnsafeRawPointer(rows.baseAddress! + row)
    espalier_prefetch(start)
    espalier_prefetch(start + MemoryLayout<Row>.size - 1)
  }

  /// Prefetches the elements of a row, at most the first `mostLines` cache lines: a row is too short for the hardware
  /// prefetcher to detect sequential access.
  @inline(__always)
  func prefetch(elementsOf row: Int) {
    guard let first = elements.baseAddress else { return }
    let row = rows[row]
    let end = min(row.end, row.start &+ Self.mostLines &* Self.elementsOfLine)
    var place = row.start
    while place < end {
      espalier_prefetch(first + place)
      place &+= Self.elementsOfLine
    }
    espalier_prefetch(first + end)
  }

  private static let elementsOfLine = 64 / MemoryLayout<Element>.stride
  private static let mostLines = 16
}
