import EspalierExecution
import EspalierFiles
import EspalierKernels
import EspalierOperators

/// Swift with vectors and threads; the plain kernels where those have nothing to add.
package struct VectorBackend: Backend {
  /// `vector`.
  package var name: String { "vector" }

  /// The backend on the processor's cores.
  package init() {}

  /// The order of the operator's own kernel; any for element-wise operators.
  package func layout(_ node: TypedNode) -> LayoutRule {
    if let op = node.op as? any VectorOperator { return op.vectorLayout(node) }
    return type(of: node.op).isElementwise ? .elementwise(node) : LayoutRule(.plain)
  }

  /// The operator's own kernel, the plain one in parts where it is element-wise, or the plain one as it is.
  package func kernel(_ node: TypedNode, in order: AxisOrder) throws(EspalierError) -> any Kernel {
    if let op = node.op as? any VectorOperator, let kernel = op.vectorKernel(node, in: order) { return kernel }
    if let op = node.op as? any PlainOperator, type(of: op).isElementwise, !node.outputs.isEmpty {
      return ElementwiseParts(node.types, in: order, kernel: op.kernel)
    }
    let plain = try ReferenceBackend.kernel(node)
    return order == .plain ? plain : PlainOrderKernel(plain, node.outputs)
  }
}
