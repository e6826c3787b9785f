import EspalierFiles
import EspalierGraph
import EspalierTensors

/// A dense layer with its bias and activation: `Y = f(A B + C)`.
///
/// A is `.. x k`, B `k x n` (`n x k` if the attribute `transB` is 1), the optional C has `n` elements, and Y is `.. x
/// n`; `function` is the name of f, omitted for none, and `approximate` is that of ``Gelu``. It replaces a `MatMul` or
/// `Gemm` and the nodes after it in networks that are only run.
package struct FusedProduct: Operator {
  /// The supported functions.
  package enum Function: Sendable {
    case relu(Relu)
    case tanh(Tanh)
    case gelu(Gelu)

    /// The function that `op` computes; `nil` if it is not supported.
    init?(_ op: any Operator) {
      switch op {
      case let op as Relu: self = .relu(op)
      case let op as Tanh: self = .tanh(op)
      case let op as Gelu: self = .gelu(op)
      default: return nil
      }
    }

    /// The name of the function's own operator.
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

  /// A row for each row of A.
  package let outputs: [TensorType]
  /// The product of all rows, and the bias.
  package let product: MatrixProduct
  /// The function of the result; `nil` for none.
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

  /// The function named by the attributes, for a value of type `result`.
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
    default: throw call.unsupported("does not know the function \(name)")
    }
  }

  /// Rows times columns times the contracted length.
  package var cost: Cost { Cost(macs: product.macs) }
}

extension MatrixProduct {
  /// Adds a row, one number per column.
  mutating func addRow() { stridesC = [0, 1] }
}
