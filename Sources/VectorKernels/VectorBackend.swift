import EspalierExecution
import EspalierFiles
import EspalierKernels
import EspalierOperators

/// Swift kernels with vectors and threads, and the plain kernels for operators that do not benefit from them.
package struct VectorBackend: Backend {
  /// `vector`.
  package var name: String { "vector" }

  /// The backend on the processor's cores.
  package init() {}

  /// The order of the operator's vector kernel; any order for element-wise operators.
  package func layout(_ node: TypedNode) -> LayoutRule {
    if let op = node.op as? any VectorOperator { return op.vectorLayout(node) }
    return type(of: node.op).isElementwise ? .elementwise(node) : LayoutRule(.plain)
  }

  /// The operator's vector kernel, or else the plain one, divided among threads if the operator is element-wise.
  package func kernel(_ node: TypedNode, in order: AxisOrder) throws(EspalierError) -> any Kernel {
    if let op = node.op as? any VectorOperator, let kernel = op.vectorKernel(node, in: order) { return kernel }
    if let op = node.op as? any PlainOperator, type(of: op).isElementwise, !node.outputs.isEmpty {
      return ElementwiseParts(node.types, in: order, kernel: op.kernel)
    }
    let plain = try ReferenceBackend.kernel(node)
    return order == .plain ? plain : PlainOrderKernel(plain, node.outputs)
  }
}
