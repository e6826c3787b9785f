import Execution
import Files
import Operators

/// Plain Swift: obviously right, runs anywhere, the oracle in tests.
public struct ReferenceBackend: Backend {
  /// `reference`.
  public var name: String { "reference" }

  /// The plain backend.
  public init() {}

  /// The operator's plain kernel.
  public func kernel(_ node: TypedNode, in order: AxisOrder) throws(EspalierError) -> any Kernel {
    try Self.kernel(node)
  }

  /// The plain kernel of `node`: its operator's, or its body's.
  ///
  /// - Throws: `EspalierError` where there is none.
  public static func kernel(_ node: TypedNode) throws(EspalierError) -> any Kernel {
    if let op = node.op as? any PlainOperator { return op.kernel(node.types) }
    if let op = node.op as? any CompositeOperator { return try BodyKernel(op.body) }
    throw node.error("cannot be computed: there is no kernel for its operator")
  }
}
