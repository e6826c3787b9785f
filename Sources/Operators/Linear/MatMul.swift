import EspalierFiles
import EspalierGraph
import EspalierTensors

/// NumPy's matrix product: `Y[.., i, j] = sum over l of A[.., i, l] B[.., l, j]`, the leading axes broadcast to each
/// other.
///
/// A vector on the left is treated as a row, one on the right as a column, and the added axis is removed from the
/// result.
package struct MatMul: DifferentiableOperator {
  /// `MatMul`.
  package static let name: OperatorName = "MatMul"

  /// Both factors.
  package static var parameterInputs: ParameterInputs { .at(0..<2) }

  /// The batch axes, then rows of the left and columns of the right.
  package let outputs: [TensorType]
  /// The shape of the left factor.
  let a: Shape
  /// The shape of the right factor.
  let b: Shape
  /// The factors as (batches of) matrices; the left is a single matrix if the right is.
  private let left: Shape
  private let right: Shape
  private let batch: Shape
  private let multipliesValues: Bool

  /// Reads the factors, which must be compatible.
  package init(_ call: Invocation) throws(EspalierError) {
    (a, b) = (try call.floatInput(0).shape, try call.floatInput(1).shape)
    guard a.rank > 0, b.rank > 0 else { throw call.error("multiplies matrices, not numbers") }
    let left = a.rank == 1 ? Shape([1] + a) : a
    right = b.rank == 1 ? Shape(b + [1]) : b
    guard left[left.rank - 1] == right[right.rank - 2],
      let batch = Broadcasting.shape(Shape(Array(left.dropLast(2))), Shape(Array(right.dropLast(2))))
    else { throw call.error("cannot multiply \(a) by \(b)") }
    var result = batch.sizes
    if a.rank > 1 { result.append(left[left.rank - 2]) }
    if b.rank > 1 { result.append(right[right.rank - 1]) }
    outputs = [TensorType(Shape(result))]
    if right.rank == 2 {
      // One matrix on the right: multiply all rows of the left at once.
      (self.left, self.batch) = ([left.dropLast().reduce(1, *), left[left.rank - 1]], [])
    } else {
      (self.left, self.batch) = (left, batch)
    }
    multipliesValues = call.constants.prefix(2).allSatisfy { $0 == nil }
  }

  /// The product of the factors as matrices.
  package var product: MatrixProduct {
    MatrixProduct(batch: batch, left, transposed: false, right, transposed: false)
  }

  /// A dense layer if the right is a matrix of weights; otherwise only the batch axes, rows and columns are tied.
  package var axes: AxisRule? {
    guard a.rank >= 2, b.rank >= 2 else { return nil }
    let result = outputs[0].shape
    var rule = AxisRule(ties: [
      AxisTie(PortAxis(.input(0), a.rank - 2), PortAxis(.output(0), result.rank - 2)),
      AxisTie(PortAxis(.input(1), b.rank - 1), PortAxis(.output(0), result.rank - 1)),
      AxisTie(PortAxis(.input(0), a.rank - 1), PortAxis(.input(1), b.rank - 2)),
    ])
    for (position, shape) in [a, b].enumerated() {
      let missing = result.rank - shape.rank
      for axis in 0..<(shape.rank - 2) where shape[axis] == result[axis + missing] {
        rule.ties.append(AxisTie(PortAxis(.input(position), axis), PortAxis(.output(0), axis + missing)))
      }
    }
    rule.multipliesValues = multipliesValues
    if multipliesValues, a.rank == b.rank {
      rule.heads = (0..<a.rank - 2).filter { a[$0] == b[$0] }.map { PortAxis(.output(0), $0) }
      if a.dropLast(2) == b.dropLast(2) {
        rule.summed = ValueProduct(left: PortAxis(.input(0), a.rank - 1), right: PortAxis(.input(1), b.rank - 2))
      }
    }
    if b.rank == 2 {
      rule.contractions = [
        Contraction(
          activation: PortAxis(.input(0), a.rank - 1), weight: PortAxis(.input(1), 0),
          outputAxis: PortAxis(.input(1), 1))
      ]
    } else if rule.summed == nil {
      // Such a product is no layer, and has no hidden representation: one matrix serves several others.
      rule.frozen += [PortAxis(.input(0), a.rank - 1), PortAxis(.input(1), b.rank - 2)].map {
        FrozenAxis($0, "sums over it in products with matrices that are used several times")
      }
    }
    return rule
  }

  /// Rows times columns times the contracted length, for each product of the batch.
  package var cost: Cost { Cost(macs: product.macs) }

  /// `dA = dY B^T`, `dB = A^T dY`, each summed over the axes that were broadcast.
  package func differentiate(_ gradients: inout GradientBuilder) {
    let (rows, inner) = (left[left.rank - 2], left[left.rank - 1])
    let columns = right[right.rank - 1]
    let dY = gradients.reshape(gradients.outputGradient, to: Shape(batch + [rows, columns]))
    let first = gradients.reshape(gradients.input(0), to: left)
    let second = gradients.reshape(gradients.input(1), to: right)
    if gradients.wants(0) {
      let product = gradients.add(BatchedProduct.name, [dY, second], ["transB": .int(1)])
      let summed = gradients.sum(product, from: Shape(batch + [rows, inner]), to: left)
      gradients.set(gradients.reshape(summed, to: a), forInput: 0)
    }
    if gradients.wants(1) {
      let product = gradients.add(BatchedProduct.name, [first, dY], ["transA": .int(1)])
      let summed = gradients.sum(product, from: Shape(batch + [inner, columns]), to: right)
      gradients.set(gradients.reshape(summed, to: b), forInput: 1)
    }
  }
}
