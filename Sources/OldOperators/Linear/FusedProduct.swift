import Graph
import Tensors

/// A dense layer with its bias and the function that follows: `Y = f(A B + C)`.
///
/// A is `.. x k`, B `k x n` (`n x k` where the attribute `transB` is 1), C `n` numbers or left out, Y `.. x n`; `function` is the name of f, left out
/// for none, and `approximate` as of ``Gelu``. Made where a network is only run, of a `MatMul` or `Gemm` and what follows it.
public enum FusedProduct: Operator {
  /// `espalier::FusedProduct`.
  public static let name: OperatorName = .own("FusedProduct")

  /// The functions that may follow.
  enum Function: String, CaseIterable {
    case relu = "Relu"
    case tanh = "Tanh"
    case gelu = "Gelu"

    /// The operator that computes it alone.
    var op: any UnaryOperator.Type {
      switch self {
      case .relu: Relu.self
      case .tanh: Tanh.self
      case .gelu: Gelu.self
      }
    }
  }

  /// The rows of A, each with a row of the result.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let (product, a) = (try product(invocation), try invocation.floatInput(0).shape)
    if invocation.has(input: 2), try invocation.floatInput(2).shape.elementCount != product.n {
      throw invocation.error("adds another number of biases than \(product.n)")
    }
    return [TensorType(Shape(a.dropLast() + [product.n]))]
  }

  static func product(_ invocation: Invocation) throws -> MatrixProduct {
    let (a, b) = (try invocation.floatInput(0).shape, try invocation.floatInput(1).shape)
    let transposed = try invocation.flag("transB")
    guard a.rank >= 2, b.rank == 2, a[a.rank - 1] == b[transposed ? 1 : 0] else {
      throw invocation.error("cannot multiply \(a) by \(b)")
    }
    var product = MatrixProduct(
      [a.dropLast().reduce(1, *), a[a.rank - 1]], transposed: false, b, transposed: transposed)
    if invocation.has(input: 2) { product.stridesC = [0, 1] }
    return product
  }

  static func function(_ invocation: Invocation) throws -> Function? {
    let name = try invocation.string("function", default: "")
    guard !name.isEmpty else { return nil }
    guard let function = Function(rawValue: name) else { throw invocation.error("does not know the function \(name)") }
    return function
  }

  /// Rows times columns times the length summed over.
  public static func cost(_ invocation: Invocation) throws -> Cost { Cost(macs: try product(invocation).macs) }

  /// The plain product, then the function's plain kernel on the result.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let product = MatrixProductKernel(try product(invocation))
    guard let function = try function(invocation) else { return product }
    let activation = try function.op.kernel(invocation)
    return FunctionKernel { operands in
      product.run(operands)
      activation.run(Operands(inputs: operands.outputs, outputs: operands.outputs))
    }
  }
}

#if OneDNN
  extension FusedProduct: OneDNNOperator {
    static func primitive(_ invocation: Invocation, in order: AxisOrder) throws -> (any Kernel)? {
      let isApproximate = try invocation.string("approximate", default: "none") == "tanh"
      return MatrixProductPrimitive(
        try product(invocation), then: try function(invocation)?.primitive(isApproximate: isApproximate))
    }
  }
#endif
