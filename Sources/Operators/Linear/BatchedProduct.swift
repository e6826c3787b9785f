import EspalierFiles
import EspalierGraph
import EspalierTensors

/// A product of batches of matrices, each optionally transposed (attributes `transA`, `transB`); used by derivatives
/// and attention.
package struct BatchedProduct: DifferentiableOperator {
  /// `espalier::BatchedProduct`.
  package static let name: OperatorName = .own("BatchedProduct")

  /// The product of the two factors.
  package let product: MatrixProduct
  private let isATransposed: Bool
  private let isBTransposed: Bool

  /// Reads which factors are transposed; the shapes must be compatible.
  package init(_ call: Invocation) throws(EspalierError) {
    let (a, b) = (try call.floatInput(0).shape, try call.floatInput(1).shape)
    guard a.rank >= 2, b.rank >= 2,
      let batch = Broadcasting.shape(Shape(Array(a.dropLast(2))), Shape(Array(b.dropLast(2))))
    else { throw call.error("cannot multiply \(a) by \(b)") }
    (isATransposed, isBTransposed) = (try call.flag("transA"), try call.flag("transB"))
    guard a[a.rank - (isATransposed ? 2 : 1)] == b[b.rank - (isBTransposed ? 1 : 2)] else {
      throw call.error("cannot multiply \(a) by \(b), transposed or not as it asks")
    }
    product = MatrixProduct(batch: batch, a, transposed: isATransposed, b, transposed: isBTransposed)
  }

  /// The batch axes, rows and columns.
  package var outputs: [TensorType] { [TensorType(product.resultShape)] }

  /// Rows times columns times the contracted length, for each product of the batch.
  package var cost: Cost { Cost(macs: product.macs) }

  /// `dA' = dC B'^T`, `dB' = A'^T dC` for the factors after transposition, each summed over the axes that were
  /// broadcast.
  package func differentiate(_ gradients: inout GradientBuilder) {
    let (dC, a, b) = (gradients.outputGradient, gradients.input(0), gradients.input(1))
    if gradients.wants(0) {
      if isATransposed {
        set(&gradients, b, isBTransposed, dC, true, forInput: 0)
      } else {
        set(&gradients, dC, false, b, !isBTransposed, forInput: 0)
      }
    }
    if gradients.wants(1) {
      if isBTransposed {
        set(&gradients, dC, true, a, isATransposed, forInput: 1)
      } else {
        set(&gradients, a, !isATransposed, dC, false, forInput: 1)
      }
    }
  }

  /// Sets a gradient to the product of two optionally transposed factors, summed over the axes that were broadcast.
  private func set(
    _ gradients: inout GradientBuilder, _ first: String, _ isFirst: Bool, _ second: String, _ isSecond: Bool,
    forInput position: Int
  ) {
    let result = gradients.add(
      Self.name, [first, second], ["transA": .int(isFirst ? 1 : 0), "transB": .int(isSecond ? 1 : 0)])
    let shape = gradients.inputShape(position)
    let whole = Shape(product.batch + shape.suffix(2))
    let extended = Shape(Array(repeating: 1, count: whole.rank - shape.rank) + shape.sizes)
    let sum = gradients.sum(result, from: whole, to: extended)
    gradients.set(extended == shape ? sum : gradients.reshape(sum, to: shape), forInput: position)
  }
}
