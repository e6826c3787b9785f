import EspalierFiles
import EspalierGraph
import Synchronization

/// The operators the project knows, by name.
package enum OperatorRegistry {
  /// The version of the ONNX standard that nodes are written in that the project writes itself, in bodies of composite
  /// operators and in derivatives.
  package static let bodyOpset = 17

  private static let added = Mutex<[OperatorName: any Operator.Type]>([:])

  private static let builtIn: [OperatorName: any Operator.Type] = Dictionary(
    uniqueKeysWithValues: (standard + own).map { ($0.name, $0) })

  /// The operator called `name`, if the project or a client knows it.
  package static func find(_ name: OperatorName) -> (any Operator.Type)? {
    let name = name.outsideOfBodies
    return builtIn[name] ?? added.withLock { $0[name] }
  }

  /// Adds an operator of a client's, known to all networks from now on; one of the same name that a client added before is
  /// replaced.
  package static func add(_ op: any Operator.Type) {
    added.withLock { $0[op.name] = op }
  }

  /// Parses a node.
  ///
  /// - Throws: `EspalierError` where the operator is unknown, or the node is not as it must be.
  package static func parse(_ call: Invocation) throws(EspalierError) -> TypedNode {
    guard let op = find(call.node.op) else {
      throw EspalierError(
        .model, "node \"\(call.node.label)\"", "its operator \(call.node.op) is not supported",
        remedy: "docs/operators.md lists those that are")
    }
    return TypedNode(call, op: try op.init(call))
  }
}

extension OperatorName {
  /// The domain of the standard's operators in bodies, whose version is ``OperatorRegistry/bodyOpset``.
  package static let bodyDomain = "espalier.onnx"

  /// The same operator as it is called in bodies.
  var inBodies: OperatorName { domain.isEmpty ? OperatorName(type, domain: Self.bodyDomain) : self }

  /// The same operator as it is called elsewhere.
  package var outsideOfBodies: OperatorName { domain == Self.bodyDomain ? OperatorName(type) : self }
}
