import EspalierExecution
import EspalierOperators
import EspalierTensors

/// The product by its definition, with the innermost loop along the rows of the result.
package struct MatrixProductKernel: Kernel {
  private let product: MatrixProduct

  /// A kernel for `product` with the operands A, B and, if there is an addend, C.
  package init(_ product: MatrixProduct) {
    self.product = product
  }

  /// Multiplies the matrices of each element of the batch.
  package func run(_ operands: Operands) {
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
