import CEspalierPrefetch

/// Sparse examples as a processor likes to read them in random order: what belongs to a row lies together, and so do column and value of
/// an element. A row is then two misses of the caches, not one for each array that an ``Examples`` consists of.
///
/// Takes 16 bytes an element and 48 a row, and one pass to make. Whoever makes it deallocates it: loops need not count references.
struct PackedExamples {
  /// All that is known of an example but its elements.
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
  /// Whether a constant is added to all predictors and learnt.
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

  /// Begins to read what is known of a row, which may lie across two lines of the caches.
  @inline(__always)
  func prefetch(row: Int) {
    let start = UnsafeRawPointer(rows.baseAddress! + row)
    espalier_prefetch(start)
    espalier_prefetch(start + MemoryLayout<Row>.size - 1)
  }

  /// Begins to read the elements of a row, at most the first `mostLines` lines of the caches: a row is too short for the processor to
  /// see that it is read in order.
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
