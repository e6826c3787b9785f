import EspalierFiles
import EspalierGraph
import EspalierTensors

/// A dense layer with its bias and the function that follows: `Y = f(A B + C)`.
///
/// A is `.. x k`, B `k x n` (`n x k` where the attribute `transB` is 1), C `n` numbers or left out, Y `.. x n`;
/// `function` is the name of f, left out for none, and `approximate` as of ``Gelu``. Made where a network is only run,
/// of a `MatMul` or `Gemm` and of the nodes that follow it.
package struct FusedProduct: Operator {
  /// The functions that may follow.
  package enum Function: Sendable {
    case relu(Relu)
    case tanh(Tanh)
    case gelu(Gelu)

    /// The function that `op` computes; `nil` where it may not follow.
    init?(_ op: any Operator) {
      switch op {
      case let op as Relu: self = .relu(op)
      case let op as Tanh: self = .tanh(op)
      case let op as Gelu: self = .gelu(op)
      default: return nil
      }
    }

    /// The name of the operator that computes it alone.
    var name: OperatorName {
      switch self {
      case .relu: Relu.name
      case .tanh: Tanh.name
      case .gelu: Gelu.name
      }
    }
  }

  /// `espalier::FusedProduct`.
  package static let name: OperatorName = .own("FusedProduct")

  /// The rows of A, each with a row of the result.
  package let outputs: [TensorType]
  /// The product of all rows, and the bias.
  package let product: MatrixProduct
  /// The function that follows; `nil` for none.
  package let function: Function?

  /// A fused product of these parts.
  init(_ outputs: [TensorType], _ product: MatrixProduct, then function: Function? = nil) {
    (self.outputs, self.product, self.function) = (outputs, product, function)
  }

  /// Reads the factors, the bias and the function.
  package init(_ call: Invocation) throws(EspalierError) {
    let (a, b) = (try call.floatInput(0).shape, try call.floatInput(1).shape)
    let transposed = try call.flag("transB")
    guard a.rank >= 2, b.rank == 2, a[a.rank - 1] == b[transposed ? 1 : 0] else {
      throw call.error("cannot multiply \(a) by \(b)")
    }
    var product = MatrixProduct(
      [a.dropLast().reduce(1, *), a[a.rank - 1]], transposed: false, b, transposed: transposed)
    if call.has(input: 2) {
      guard try call.floatInput(2).shape.elementCount == product.n else {
        throw call.error("adds another number of biases than \(product.n)")
      }
      product.addRow()
    }
    let result = TensorType(Shape(a.dropLast() + [product.n]))
    self.init([result], product, then: try Self.function(call, of: result))
  }

  /// The function that the attributes name, of a value of the type `result`.
  private static func function(_ call: Invocation, of result: TensorType) throws(EspalierError) -> Function? {
    let name = try call.string("function", default: "")
    guard !name.isEmpty else { return nil }
    let node = Node(
      OperatorName(name), name: call.node.name, call.node.outputs, call.node.outputs,
      call.node.attributes.filter { $0.key == "approximate" })
    let own = Invocation(node, opset: call.opset, inputs: [result])
    switch node.op {
    case Relu.name: return .relu(try Relu(own))
    case Tanh.name: return .tanh(try Tanh(own))
    case Gelu.name: return .gelu(try Gelu(own))
    default: throw call.error("does not know the function \(name)")
    }
  }

  /// Rows times columns times the length summed over.
  package var cost: Cost { Cost(macs: product.macs) }
}

extension MatrixProduct {
  /// Adds one number to each column.
  mutating func addRow() { stridesC = [0, 1] }
}
