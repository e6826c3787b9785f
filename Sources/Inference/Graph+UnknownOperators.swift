import EspalierGraph
import EspalierOperators

extension Graph {
  /// The same network with the nodes whose operator is unknown or that read or make other values than dense tensors,
  /// and all that depend on them, set aside (``Graph/separatingOpaquePart(isKnown:)``).
  package func separatingUnknownOperators() -> Graph {
    let others = Set((inputs + outputs + intermediates).filter { $0.otherType != nil }.map(\.name))
    return separatingOpaquePart { node in
      OperatorRegistry.find(node.op) != nil && others.isDisjoint(with: node.inputs)
        && others.isDisjoint(with: node.outputs)
    }
  }
}
