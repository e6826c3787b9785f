import EspalierExecution
import EspalierFiles
import EspalierOperators

/// Plain Swift: obviously correct, runs anywhere, and is the reference in tests.
package struct ReferenceBackend: Backend {
  /// `reference`.
  package var name: String { "reference" }

  /// The plain backend.
  package init() {}

  /// The operator's plain kernel.
  package func kernel(_ node: TypedNode, in order: AxisOrder) throws(EspalierError) -> any Kernel {
    try Self.kernel(node)
  }

  /// The plain kernel of `node`: its operator's or, for a composite, its body's.
  ///
  /// - Throws: `EspalierError` if there is none.
  package static func kernel(_ node: TypedNode) throws(EspalierError) -> any Kernel {
    if let op = node.op as? any PlainOperator { return op.kernel(node.types) }
    if let op = node.op as? any CompositeOperator { return try BodyKernel(op.body) }
    throw node.error("cannot be computed: there is no kernel for its operator")
  }
}
