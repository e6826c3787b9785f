import Graph
import Tensors

/// A product of batches of matrices, either of them transposed (attributes `transA`, `transB`); used by derivatives and attention.
public enum BatchedProduct: Operator {
  /// `espalier::BatchedProduct`.
  public static let name: OperatorName = .own("BatchedProduct")

  private static func product(_ invocation: Invocation) throws -> MatrixProduct {
    let (a, b) = (try invocation.floatInput(0).shape, try invocation.floatInput(1).shape)
    guard a.rank >= 2, b.rank >= 2,
      let batch = Broadcasting.shape(Shape(Array(a.dropLast(2))), Shape(Array(b.dropLast(2))))
    else { throw invocation.error("cannot multiply \(a) by \(b)") }
    let (transposedA, transposedB) = (try invocation.flag("transA"), try invocation.flag("transB"))
    guard a[a.rank - (transposedA ? 2 : 1)] == b[b.rank - (transposedB ? 1 : 2)] else {
      throw invocation.error("cannot multiply \(a) by \(b), transposed or not as it asks")
    }
    return MatrixProduct(batch: batch, a, transposed: transposedA, b, transposed: transposedB)
  }

  /// The batch axes, rows and columns.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    [TensorType(try product(invocation).resultShape)]
  }

  /// Rows times columns times the length summed over, for each of the batch.
  public static func cost(_ invocation: Invocation) throws -> Cost {
    Cost(macs: try product(invocation).macs)
  }

  /// `dA' = dC B'^T`, `dB' = A'^T dC` for the factors as they are multiplied, each summed over what was broadcast.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let call = gradients.invocation
    let (isATransposed, isBTransposed) = (try call.flag("transA"), try call.flag("transB"))
    let (dC, a, b) = (gradients.outputGradient, gradients.input(0), gradients.input(1))
    let batch = call.outputs[0].shape.dropLast(2)
    func product(_ first: String, _ isFirst: Bool, _ second: String, _ isSecond: Bool, to position: Int) throws {
      let result = gradients.add(
        name, [first, second], ["transA": .int(isFirst ? 1 : 0), "transB": .int(isSecond ? 1 : 0)])
      let shape = try call.input(position).shape
      let whole = Shape(Array(batch) + shape.suffix(2))
      gradients.set(gradients.sum(result, from: whole, to: shape.extended(to: whole.rank)), forInput: position)
      if shape.rank < whole.rank {
        gradients.set(gradients.reshape(gradients.inputGradients[position]!, to: shape), forInput: position)
      }
    }
    if gradients.wants(0) {
      if isATransposed {
        try product(b, isBTransposed, dC, true, to: 0)
      } else {
        try product(dC, false, b, !isBTransposed, to: 0)
      }
    }
    if gradients.wants(1) {
      if isBTransposed {
        try product(dC, true, a, isATransposed, to: 1)
      } else {
        try product(a, !isATransposed, dC, false, to: 1)
      }
    }
  }

  /// Plain loops.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    MatrixProductKernel(try product(invocation))
  }
}

#if OneDNN
  extension BatchedProduct: OneDNNOperator {
    static func primitive(_ invocation: Invocation, in order: AxisOrder) throws -> (any Kernel)? {
      MatrixProductPrimitive(try product(invocation))
    }
  }
#endif
