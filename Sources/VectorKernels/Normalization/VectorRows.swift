import EspalierOperators
import EspalierTensors

/// The rows of a layer normalisation, shared out among threads, their sums made with vectors.
struct VectorRows: Sendable {
  /// How many rows there are.
  let count: Int
  /// How many elements each has.
  let size: Int
  private let epsilon: Float
  private let parts: RowParts

  /// The rows that were parsed.
  init(_ rows: NormalizedRows) {
    (count, size, epsilon) = (rows.count, rows.size, rows.epsilon)
    parts = RowParts(rows: count, size: size, costPerElement: 4)
  }

  /// Calls `body` with every row, from several threads at once.
  func forEach(_ body: (Int) -> Void) { parts.forEach(body) }

  /// The mean of a row, and 1 over the root of its variance and epsilon.
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
