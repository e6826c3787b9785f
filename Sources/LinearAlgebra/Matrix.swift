/// A matrix of double precision numbers in row-major order: a value.
package struct Matrix: Hashable, Sendable {
  /// The number of rows.
  package let rows: Int
  /// The number of columns.
  package let columns: Int
  /// The elements, row by row.
  package var elements: [Double]

  /// A matrix of these elements, row by row.
  package init(rows: Int, columns: Int, _ elements: [Double]) {
    precondition(elements.count == rows * columns, "\(elements.count) elements for \(rows) x \(columns)")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// A matrix of zeros.
  package init(rows: Int, columns: Int) {
    self.init(rows: rows, columns: columns, [Double](repeating: 0, count: rows * columns))
  }

  /// The element in row `row` and column `column`.
  package subscript(row: Int, column: Int) -> Double {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }

  /// The elements of one row.
  package func row(_ row: Int) -> ArraySlice<Double> {
    elements[row * columns..<(row + 1) * columns]
  }

  /// The elements of one column.
  package func column(_ column: Int) -> [Double] {
    (0..<rows).map { self[$0, column] }
  }

  /// The elements on the diagonal.
  package var diagonal: [Double] {
    (0..<min(rows, columns)).map { self[$0, $0] }
  }

  /// The rows and columns at these positions, in this order.
  package func taking(rows: [Int], columns: [Int]) -> Matrix {
    // All of a large matrix is not copied.
    if rows.elementsEqual(0..<self.rows), columns.elementsEqual(0..<self.columns) { return self }
    var taken: [Double] = []
    taken.reserveCapacity(rows.count * columns.count)
    for row in rows {
      for column in columns { taken.append(self[row, column]) }
    }
    return Matrix(rows: rows.count, columns: columns.count, taken)
  }

  /// The columns at these positions, in this order.
  package func taking(columns: [Int]) -> Matrix {
    taking(rows: Array(0..<rows), columns: columns)
  }

  /// The rows at these positions, in this order.
  package func taking(rows: [Int]) -> Matrix {
    Matrix(rows: rows.count, columns: columns, rows.flatMap { row($0) })
  }

  /// The matrices, with equally many columns, stacked vertically.
  package static func stacked(_ parts: [Matrix]) -> Matrix {
    Matrix(rows: parts.reduce(0) { $0 + $1.rows }, columns: parts.first?.columns ?? 0, parts.flatMap(\.elements))
  }

  /// Adds `value` to every element of the diagonal.
  package mutating func addToDiagonal(_ value: Double) {
    for i in 0..<min(rows, columns) { self[i, i] += value }
  }

  /// The sum of two matrices of the same size.
  package static func + (first: Matrix, second: Matrix) -> Matrix {
    precondition(first.rows == second.rows && first.columns == second.columns)
    return Matrix(rows: first.rows, columns: first.columns, zip(first.elements, second.elements).map(+))
  }
}
