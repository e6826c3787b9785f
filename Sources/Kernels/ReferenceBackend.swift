import EspalierExecution
import EspalierFiles
import EspalierOperators

/// Plain Swift: obviously right, runs anywhere, the oracle in tests.
package struct ReferenceBackend: Backend {
  /// `reference`.
  package var name: String { "reference" }

  /// The plain backend.
  package init() {}

  /// The operator's plain kernel.
  package func kernel(_ node: TypedNode, in order: AxisOrder) throws(EspalierError) -> any Kernel {
    try Self.kernel(node)
  }

  /// The plain kernel of `node`: its operator's, or its body's.
  ///
  /// - Throws: `EspalierError` where there is none.
  package static func kernel(_ node: TypedNode) throws(EspalierError) -> any Kernel {
    if let op = node.op as? any PlainOperator { return op.kernel(node.types) }
    if let op = node.op as? any CompositeOperator { return try BodyKernel(op.body) }
    throw node.error("cannot be computed: there is no kernel for its operator")
  }
}
