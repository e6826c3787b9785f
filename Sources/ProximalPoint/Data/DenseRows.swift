import EspalierFiles
import EspalierLinearAlgebra

/// Rows with every element stored, one row after the other.
package struct DenseRows: FeatureRows {
  /// False: every element is stored.
  package static let isSparse = false

  /// The number of rows.
  package let count: Int

  /// The number of features of a row.
  package let dimension: Int
  /// The elements, row by row.
  package let elements: [Double]
  private let squaredNorms: [Double]

  /// Rows of `dimension` features each; throws `EspalierError` if the elements are not whole rows of finite numbers.
  package init(dimension: Int, _ elements: [Double]) throws(EspalierError) {
    guard dimension > 0, elements.count.isMultiple(of: dimension) else {
      throw EspalierError(.data, "features", "\(elements.count) elements are not whole rows of \(dimension)")
    }
    if let bad = elements.firstIndex(where: { !$0.isFinite }) {
      throw EspalierError(
        .data, "features, row \(bad / dimension), column \(bad % dimension)", "\(elements[bad]) is not a finite number")
    }
    self.init(dimension: dimension, finite: elements)
  }

  /// Rows without features, for models with only an intercept.
  package init(withoutFeatures count: Int) {
    self.init(dimension: 0, count: count, finite: [])
  }

  init(dimension: Int, finite elements: [Double]) {
    self.init(dimension: dimension, count: elements.count / dimension, finite: elements)
  }

  init(dimension: Int, count: Int, finite elements: [Double]) {
    self.dimension = dimension
    self.elements = elements
    self.count = count
    squaredNorms = elements.withUnsafeBufferPointer { all in
      guard dimension > 0 else { return [Double](repeating: 0, count: count) }
      return (0..<count).map { row in
        let start = all.baseAddress! + row * dimension
        return EspalierProximalPoint.dot(dimension, start, start)
      }
    }
  }

  /// `<a_row, x>`.
  package func dot(_ row: Int, _ x: UnsafePointer<Double>) -> Double {
    withRow(row) { EspalierProximalPoint.dot(dimension, $0, x) }
  }

  /// `x += factor a_row`.
  package func add(_ row: Int, times factor: Double, to x: UnsafeMutablePointer<Double>) {
    withRow(row) { EspalierProximalPoint.add(dimension, factor, $0, to: x) }
  }

  /// One pass, four coordinates at a time.
  package func extrapolatedDot(
    _ row: Int, _ x: UnsafeMutablePointer<Double>, previous: UnsafeMutablePointer<Double>, momentum: Double,
    scale: Double
  ) -> Double {
    withRow(row) {
      EspalierProximalPoint.extrapolatedDot(dimension, $0, x, previous: previous, momentum: momentum, scale: scale)
    }
  }

  /// `||a_row||^2`.
  package func squaredNorm(_ row: Int) -> Double {
    squaredNorms[row]
  }

  /// `<a_first, a_second>`.
  package func inner(_ first: Int, _ second: Int) -> Double {
    withRow(first) { dot(second, $0) }
  }

  /// Calls `body` with the position and value of each element, in ascending position.
  package func forEachElement(of row: Int, _ body: (Int, Double) -> Void) {
    withRow(row) { start in
      for column in 0..<dimension { body(column, start[column]) }
    }
  }

  /// One pass.
  package func copy(_ row: Int, times factor: Double, to destination: UnsafeMutablePointer<Double>) {
    withRow(row) { start in
      for column in 0..<dimension { destination[column] = factor * start[column] }
    }
  }

  /// By BLAS.
  package func products(
    _ range: Range<Int>, _ x: UnsafePointer<Double>, count: Int, stride: Int,
    into predictors: UnsafeMutablePointer<Double>
  ) {
    withRow(range.lowerBound) { start in
      DenseProduct.set(
        predictors, to: start, timesTransposed: x, rows: range.count, columns: count, length: dimension, stride: stride)
    }
  }

  /// By BLAS.
  package func addCombinations(
    _ range: Range<Int>, _ factors: UnsafePointer<Double>, count: Int, stride: Int,
    to x: UnsafeMutablePointer<Double>
  ) {
    withRow(range.lowerBound) { start in
      DenseProduct.add(
        to: x, transposed: factors, times: start, rows: range.count, columns: count, length: dimension, stride: stride)
    }
  }

  @inline(__always)
  private func withRow<Value>(_ row: Int, _ body: (UnsafePointer<Double>) -> Value) -> Value {
    guard dimension > 0 else { return body(UnsafePointer(bitPattern: MemoryLayout<Double>.alignment)!) }
    return elements.withUnsafeBufferPointer { body($0.baseAddress! + row * dimension) }
  }
}
