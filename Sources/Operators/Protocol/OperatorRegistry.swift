import EspalierFiles
import EspalierGraph
import Synchronization

/// The operators the project knows, by name.
package enum OperatorRegistry {
  /// The version of the ONNX standard used for generated nodes, in bodies of composite operators and in derivatives.
  package static let bodyOpset = 17

  private static let added = Mutex<[OperatorName: any Operator.Type]>([:])

  private static let builtIn: [OperatorName: any Operator.Type] = Dictionary(
    uniqueKeysWithValues: (standard + own).map { ($0.name, $0) })

  /// The operator called `name`, if the project or a client defines it.
  package static func find(_ name: OperatorName) -> (any Operator.Type)? {
    let name = name.outsideOfBodies
    return builtIn[name] ?? added.withLock { $0[name] }
  }

  /// Adds a client's operator for all networks parsed from now on; it replaces an earlier addition of the same name.
  package static func add(_ op: any Operator.Type) {
    added.withLock { $0[op.name] = op }
  }

  /// Parses a node.
  ///
  /// - Throws: `EspalierError` if the operator is unknown, or the node is invalid.
  package static func parse(_ call: Invocation) throws(EspalierError) -> TypedNode {
    guard let op = find(call.node.op) else { throw unknown(call.node.op, node: call.node.label) }
    return TypedNode(call, op: try op.init(call))
  }

  /// The refusal of a node of this name for its operator, which is unknown, or cannot be run at that place.
  package static func unknown(_ op: OperatorName, node: String) -> EspalierError {
    guard find(op) == nil else {
      return EspalierError(
        .model, "node \"\(node)\"",
        "its operator \(op) makes shapes that follow from data, or values that are no tensors",
        remedy: "take the part of the network in front of it, or prune, which keeps the rest as it is")
    }
    return EspalierError(
      .model, "node \"\(node)\"", "its operator \(op) is not supported",
      remedy: "docs/operators.md lists those that are")
  }
}

extension OperatorName {
  /// The domain of standard operators in bodies, whose version is ``OperatorRegistry/bodyOpset``.
  package static let bodyDomain = "espalier.onnx"

  /// The name of the same operator in bodies.
  package var inBodies: OperatorName { domain.isEmpty ? OperatorName(type, domain: Self.bodyDomain) : self }

  /// The name of the same operator outside of bodies.
  package var outsideOfBodies: OperatorName { domain == Self.bodyDomain ? OperatorName(type) : self }
}
