import Execution
import Files
import Kernels
import Operators

/// Swift with vectors and threads; the plain kernels where those have nothing to add.
public struct VectorBackend: Backend {
  /// `vector`.
  public var name: String { "vector" }

  /// The backend on the processor's cores.
  public init() {}

  /// The order of the operator's own kernel; any for element-wise operators.
  public func layout(_ node: TypedNode) -> LayoutRule {
    if let op = node.op as? any VectorOperator { return op.vectorLayout(node) }
    return type(of: node.op).isElementwise ? .elementwise(node) : LayoutRule(.plain)
  }

  /// The operator's own kernel, the plain one in parts where it is element-wise, or the plain one as it is.
  public func kernel(_ node: TypedNode, in order: AxisOrder) throws(EspalierError) -> any Kernel {
    if let op = node.op as? any VectorOperator, let kernel = op.vectorKernel(node, in: order) { return kernel }
    if let op = node.op as? any PlainOperator, type(of: op).isElementwise, !node.outputs.isEmpty {
      return ElementwiseParts(node.types, in: order, kernel: op.kernel)
    }
    let plain = try ReferenceBackend.kernel(node)
    return order == .plain ? plain : PlainOrderKernel(plain, node.outputs)
  }
}
