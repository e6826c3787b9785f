import EspalierOperators
import EspalierTensors

/// The rows of a layer normalisation, divided among threads, with vectorised sums.
struct VectorRows: Sendable {
  /// The number of rows.
  let count: Int
  /// The number of elements of a row.
  let size: Int
  private let epsilon: Float
  private let parts: RowParts

  /// The rows of a parsed node.
  init(_ rows: NormalizedRows) {
    (count, size, epsilon) = (rows.count, rows.size, rows.epsilon)
    parts = RowParts(rows: count, size: size, costPerElement: 4)
  }

  /// Calls `body` with every row, from several threads concurrently.
  func forEach(_ body: (Int) -> Void) { parts.forEach(body) }

  /// The mean of a row and `1 / sqrt(variance + epsilon)`.
  func statistics(_ x: UnsafePointer<Float>) -> (mean: Float, factor: Float) {
    let mean = VectorMath.sum(size, { VectorMath.load(x, $0) }, rest: { x[$0] }) / Float(max(size, 1))
    let squares = VectorMath.sum(
      size,
      { place in
        let distance = VectorMath.load(x, place) - mean
        return distance * distance
      }, rest: { (x[$0] - mean) * (x[$0] - mean) })
    return (mean, 1 / (squares / Float(max(size, 1)) + epsilon).squareRoot())
  }
}
