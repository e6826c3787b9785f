import Graph
import Tensors

/// NumPy's matrix product: `Y[.., i, j] = sum over l of A[.., i, l] B[.., l, j]`, the leading axes broadcast to each other.
///
/// A vector on the left is a row, one on the right a column, and the axis so added is dropped from the result.
public enum MatMul: Operator {
  /// `MatMul`.
  public static let name: OperatorName = "MatMul"

  /// Either factor.
  public static var parameterInputs: ParameterInputs { .at(0..<2) }

  private struct Operand {
    var a: Shape
    var b: Shape
    var batch: Shape
    var result: Shape
  }

  /// The operands as (batches of) matrices.
  private static func operands(_ invocation: Invocation) throws -> Operand {
    let (a, b) = (try invocation.floatInput(0).shape, try invocation.floatInput(1).shape)
    guard a.rank > 0, b.rank > 0 else { throw invocation.error("multiplies matrices, not numbers") }
    let left = a.rank == 1 ? Shape([1] + a) : a
    let right = b.rank == 1 ? Shape(b + [1]) : b
    guard left[left.rank - 1] == right[right.rank - 2],
      let batch = Broadcasting.shape(Shape(Array(left.dropLast(2))), Shape(Array(right.dropLast(2))))
    else { throw invocation.error("cannot multiply \(a) by \(b)") }
    var result = batch.sizes
    if a.rank > 1 { result.append(left[left.rank - 2]) }
    if b.rank > 1 { result.append(right[right.rank - 1]) }
    return Operand(a: left, b: right, batch: batch, result: Shape(result))
  }

  /// The batch axes, then rows of the left and columns of the right.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    [TensorType(try operands(invocation).result)]
  }

  /// With a matrix of weights on the right, a dense layer; else only the batch axes, rows and columns are tied.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    let (a, b) = (try invocation.input(0).shape, try invocation.input(1).shape)
    guard a.rank >= 2, b.rank >= 2 else { return nil }
    let result = invocation.outputs[0].shape
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
    rule.multipliesValues = invocation.constants.prefix(2).allSatisfy { $0 == nil }
    if b.rank == 2 {
      rule.contractions = [
        Contraction(
          activation: PortAxis(.input(0), a.rank - 1), weight: PortAxis(.input(1), 0),
          outputAxis: PortAxis(.input(1), 1))
      ]
    }
    return rule
  }

  private static func product(_ invocation: Invocation) throws -> MatrixProduct {
    let operands = try operands(invocation)
    if operands.b.rank == 2 {
      // One matrix on the right: all rows of the left at once.
      let rows = operands.a.dropLast().reduce(1, *)
      return MatrixProduct([rows, operands.a[operands.a.rank - 1]], operands.b)
    }
    return MatrixProduct(batch: operands.batch, operands.a, transposed: false, operands.b, transposed: false)
  }

  /// Rows times columns times the length summed over, for each of the batch.
  public static func cost(_ invocation: Invocation) throws -> Cost {
    Cost(macs: try product(invocation).macs)
  }

  /// Plain loops.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    MatrixProductKernel(try product(invocation))
  }

  /// `dA = dY B^T`, `dB = A^T dY`, each summed over what was broadcast.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let call = gradients.invocation
    var operands = try operands(call)
    if operands.b.rank == 2 {
      // One matrix on the right: all rows of the left at once.
      operands.a = [operands.a.dropLast().reduce(1, *), operands.a[operands.a.rank - 1]]
      operands.batch = []
    }
    let (rows, inner) = (operands.a[operands.a.rank - 2], operands.a[operands.a.rank - 1])
    let columns = operands.b[operands.b.rank - 1]
    let dY = gradients.reshape(gradients.outputGradient, to: Shape(operands.batch + [rows, columns]))
    let a = gradients.reshape(gradients.input(0), to: operands.a)
    let b = gradients.reshape(gradients.input(1), to: operands.b)
    if gradients.wants(0) {
      let product = gradients.add(BatchedProduct.name, [dY, b], ["transB": .int(1)])
      let shape = Shape(operands.batch + [rows, inner])
      let summed = gradients.sum(product, from: shape, to: operands.a)
      gradients.set(gradients.reshape(summed, to: try call.input(0).shape), forInput: 0)
    }
    if gradients.wants(1) {
      let product = gradients.add(BatchedProduct.name, [a, dY], ["transA": .int(1)])
      let shape = Shape(operands.batch + [inner, columns])
      let summed = gradients.sum(product, from: shape, to: operands.b)
      gradients.set(gradients.reshape(summed, to: try call.input(1).shape), forInput: 1)
    }
  }
}

#if OneDNN
  extension MatMul: OneDNNOperator {
    static func primitive(_ invocation: Invocation, in order: AxisOrder) throws -> (any Kernel)? {
      MatrixProductPrimitive(try product(invocation))
    }
  }
#endif
