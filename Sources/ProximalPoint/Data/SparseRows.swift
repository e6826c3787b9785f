import EspalierFiles

/// Rows with only their non-zero elements stored: compressed sparse rows (CSR).
package struct SparseRows: FeatureRows {
  /// True: the cost of a row is that of its non-zero elements.
  package static let isSparse = true

  /// The number of features of a row.
  package let dimension: Int
  /// The index of the first element of each row, and at the end the number of elements.
  package let starts: [Int]
  /// The column of each element, ascending within a row.
  package let columns: [Int32]
  /// The value of each element.
  package let values: [Double]
  private let squaredNorms: [Double]

  /// The number of rows.
  package var count: Int { starts.count - 1 }

  /// Rows of `dimension` features each; throws `EspalierError` if `starts`, `columns` and `values` are not compressed
  /// rows of finite numbers.
  package init(dimension: Int, starts: [Int], columns: [Int32], values: [Double]) throws(EspalierError) {
    guard dimension > 0, dimension <= Int(Int32.max), columns.count == values.count, starts.first == 0,
      starts.last == values.count, zip(starts, starts.dropFirst()).allSatisfy({ $0 <= $1 })
    else { throw EspalierError(.data, "features", "these are not compressed sparse rows of \(dimension) columns") }
    for row in 0..<starts.count - 1 {
      var previous: Int32 = -1
      for position in starts[row]..<starts[row + 1] {
        guard columns[position] > previous, Int(columns[position]) < dimension else {
          throw EspalierError(.data, "features, row \(row)", "its columns do not ascend below \(dimension)")
        }
        guard values[position].isFinite else {
          throw EspalierError(
            .data, "features, row \(row), column \(columns[position])", "\(values[position]) is not a finite number")
        }
        previous = columns[position]
      }
    }
    self.init(dimension: dimension, starts: starts, columns: columns, finite: values)
  }

  init(dimension: Int, starts: [Int], columns: [Int32], finite values: [Double]) {
    self.dimension = dimension
    self.starts = starts
    self.columns = columns
    self.values = values
    squaredNorms = (0..<starts.count - 1).map { row in
      values[starts[row]..<starts[row + 1]].reduce(0) { $0 + $1 * $1 }
    }
  }

  /// The non-zero elements of dense rows.
  package init(_ rows: DenseRows) {
    var starts = [0]
    var columns: [Int32] = []
    var values: [Double] = []
    for row in 0..<rows.count {
      rows.forEachElement(of: row) { column, value in
        guard value != 0 else { return }
        columns.append(Int32(column))
        values.append(value)
      }
      starts.append(values.count)
    }
    self.init(dimension: rows.dimension, starts: starts, columns: columns, finite: values)
  }

  /// `<a_row, x>`.
  package func dot(_ row: Int, _ x: UnsafePointer<Double>) -> Double {
    var sum = 0.0
    forEachElement(of: row) { column, value in sum += value * x[column] }
    return sum
  }

  /// `x += factor a_row`.
  package func add(_ row: Int, times factor: Double, to x: UnsafeMutablePointer<Double>) {
    forEachElement(of: row) { column, value in x[column] += factor * value }
  }

  /// `||a_row||^2`.
  package func squaredNorm(_ row: Int) -> Double {
    squaredNorms[row]
  }

  /// `<a_first, a_second>`.
  package func inner(_ first: Int, _ second: Int) -> Double {
    var sum = 0.0
    var (i, j) = (starts[first], starts[second])
    while i < starts[first + 1], j < starts[second + 1] {
      if columns[i] == columns[j] { sum += values[i] * values[j] }
      let (left, right) = (columns[i], columns[j])
      if left <= right { i += 1 }
      if right <= left { j += 1 }
    }
    return sum
  }

  /// Complexity: O(nnz) for each vector.
  package func products(
    _ range: Range<Int>, _ x: UnsafePointer<Double>, count: Int, stride: Int,
    into predictors: UnsafeMutablePointer<Double>
  ) {
    for (place, row) in range.enumerated() {
      for k in 0..<count { predictors[place * count + k] = dot(row, x + k * stride) }
    }
  }

  /// Complexity: O(nnz) for each vector.
  package func addCombinations(
    _ range: Range<Int>, _ factors: UnsafePointer<Double>, count: Int, stride: Int,
    to x: UnsafeMutablePointer<Double>
  ) {
    for (place, row) in range.enumerated() {
      for k in 0..<count { add(row, times: factors[place * count + k], to: x + k * stride) }
    }
  }

  /// Calls `body` with the position and value of each stored element, in ascending position.
  @inline(__always)
  package func forEachElement(of row: Int, _ body: (Int, Double) -> Void) {
    let (start, end) = (starts[row], starts[row + 1])
    columns.withUnsafeBufferPointer { columns in
      values.withUnsafeBufferPointer { values in
        for position in start..<end { body(Int(columns[position]), values[position]) }
      }
    }
  }
}
