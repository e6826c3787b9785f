import Tensors

/// What a product of (batches of) matrices reads and writes: `Y = scale A B (+ C)`, with `A` m x k, `B` k x n, `Y` m x n.
struct MatrixProduct {
  /// Sizes of the batch axes of the result.
  var batch: [Int] = []
  /// Rows of the result.
  var m: Int
  /// Columns of the result.
  var n: Int
  /// The length that is summed over.
  var k: Int
  /// How many elements apart neighbours lie: of each batch axis (0 where repeated), then rows, then columns.
  var stridesA: [Int]
  var stridesB: [Int]
  /// Likewise for what is added; `nil` where nothing is.
  var stridesC: [Int]?
  /// What the product is multiplied by.
  var scale: Float = 1
  /// What the added matrix is multiplied by.
  var addedScale: Float = 1

  /// A product of two matrices that are stored as they are or transposed.
  init(_ a: Shape, transposed transposedA: Bool = false, _ b: Shape, transposed transposedB: Bool = false) {
    m = transposedA ? a[1] : a[0]
    k = transposedA ? a[0] : a[1]
    n = transposedB ? b[0] : b[1]
    stridesA = transposedA ? [1, a[1]] : [a[1], 1]
    stridesB = transposedB ? [1, b[1]] : [b[1], 1]
  }

  /// A product of batches of matrices, the batch axes of both broadcast to `batch`.
  init(batch: Shape, _ a: Shape, transposed transposedA: Bool, _ b: Shape, transposed transposedB: Bool) {
    self.init(
      Shape(Array(a.suffix(2))), transposed: transposedA, Shape(Array(b.suffix(2))), transposed: transposedB)
    self.batch = batch.sizes
    stridesA = Self.batchStrides(a, batch) + stridesA
    stridesB = Self.batchStrides(b, batch) + stridesB
  }

  private static func batchStrides(_ operand: Shape, _ batch: Shape) -> [Int] {
    let matrix = operand.suffix(2).reduce(1, *)
    return Broadcasting.strides(of: Shape(Array(operand.dropLast(2))), in: batch).map { $0 * matrix }
  }

  /// Multiply-accumulate operations.
  var macs: Int { batch.reduce(1, *) * m * n * k }

  /// The shape of the result.
  var resultShape: Shape { Shape(batch + [m, n]) }
}

/// The product by its definition, the innermost loop along the rows of the result.
struct MatrixProductKernel: Kernel {
  let product: MatrixProduct

  init(_ product: MatrixProduct) {
    self.product = product
  }

  func run(_ operands: Operands) {
    let a = operands.inputs[0]!.floats.baseAddress!
    let b = operands.inputs[1]!.floats.baseAddress!
    let c = operands.inputs.count > 2 ? operands.inputs[2]?.floats.baseAddress : nil
    let y = operands.outputs[0].floats.baseAddress!
    let rank = product.batch.count
    let strides = [product.stridesA, product.stridesB, product.stridesC ?? Array(repeating: 0, count: rank + 2)]
    let batches = StridedLoop(Shape(product.batch), strides: strides.map { Array($0.prefix(rank)) })
    batches.forEachRun { start, count, offsets in
      for i in 0..<count {
        multiply(
          a + offsets[0] + i * batches.step(0), b + offsets[1] + i * batches.step(1),
          product.stridesC == nil ? nil : c.map { $0 + offsets[2] + i * batches.step(2) },
          y + (start + i) * product.m * product.n)
      }
    }
  }

  private func multiply(
    _ a: UnsafeMutablePointer<Float>, _ b: UnsafeMutablePointer<Float>, _ c: UnsafeMutablePointer<Float>?,
    _ y: UnsafeMutablePointer<Float>
  ) {
    let rank = product.batch.count
    let (rowA, columnA) = (product.stridesA[rank], product.stridesA[rank + 1])
    let (rowB, columnB) = (product.stridesB[rank], product.stridesB[rank + 1])
    for i in 0..<product.m {
      let row = y + i * product.n
      for j in 0..<product.n { row[j] = 0 }
      for l in 0..<product.k {
        let factor = product.scale * a[i * rowA + l * columnA]
        let other = b + l * rowB
        if columnB == 1 {
          for j in 0..<product.n { row[j] += factor * other[j] }
        } else {
          for j in 0..<product.n { row[j] += factor * other[j * columnB] }
        }
      }
      guard let c, let stridesC = product.stridesC else { continue }
      let (rowC, columnC) = (stridesC[rank], stridesC[rank + 1])
      for j in 0..<product.n { row[j] += product.addedScale * c[i * rowC + j * columnC] }
    }
  }
}
