import EspalierTensors

/// A product of (batches of) matrices and their layout: `Y = scale A B (+ C)`, with `A` m x k, `B` k x n, `Y` m x n.
package struct MatrixProduct: Hashable, Sendable {
  /// Sizes of the batch axes of the result.
  package var batch: [Int] = []
  /// The number of rows of the result.
  package var m: Int
  /// The number of columns of the result.
  package var n: Int
  /// The contracted length.
  package var k: Int
  /// The strides of A in elements: along each batch axis (0 if broadcast), then rows, then columns.
  package var stridesA: [Int]
  /// The strides of B, likewise.
  package var stridesB: [Int]
  /// The strides of the addend, likewise; `nil` if there is none.
  package var stridesC: [Int]?
  /// The factor of the product.
  package var scale: Float = 1
  /// The factor of the addend.
  package var addedScale: Float = 1

  /// A product of two matrices, each stored as it is or transposed.
  package init(_ a: Shape, transposed transposedA: Bool = false, _ b: Shape, transposed transposedB: Bool = false) {
    m = transposedA ? a[1] : a[0]
    k = transposedA ? a[0] : a[1]
    n = transposedB ? b[0] : b[1]
    stridesA = transposedA ? [1, a[1]] : [a[1], 1]
    stridesB = transposedB ? [1, b[1]] : [b[1], 1]
  }

  /// A product of batches of matrices, the batch axes of both broadcast to `batch`.
  package init(batch: Shape, _ a: Shape, transposed transposedA: Bool, _ b: Shape, transposed transposedB: Bool) {
    self.init(
      Shape(Array(a.suffix(2))), transposed: transposedA, Shape(Array(b.suffix(2))), transposed: transposedB)
    self.batch = batch.sizes
    stridesA = Self.batchStrides(a, batch) + stridesA
    stridesB = Self.batchStrides(b, batch) + stridesB
  }

  private static func batchStrides(_ operand: Shape, _ batch: Shape) -> [Int] {
    let matrix = Int.limitedProduct(operand.suffix(2))
    return Broadcasting.strides(of: Shape(Array(operand.dropLast(2))), in: batch).map { Int.limitedProduct($0, matrix) }
  }

  /// Multiply-accumulate operations.
  package var macs: Int { Int.limitedProduct(batch + [m, n, k]) }

  /// The shape of the result.
  package var resultShape: Shape { Shape(batch + [m, n]) }
}
