import EspalierGraph
import EspalierOperators

extension Graph {
  /// The same network with the nodes whose operator is unknown, that read or make other values than dense tensors, or
  /// whose shapes follow from data, and all that depend on them, set aside (``Graph/separatingOpaquePart(isKnown:)``).
  ///
  /// - Parameter feeds: Types of the inputs, for which values are known beforehand or not.
  package func separatingUnknownOperators(feeds: [String: TensorType]?) -> Graph {
    let others = Set((inputs + outputs + intermediates).filter { $0.otherType != nil }.map(\.name))
    return separatingOpaquePart { node in
      guard let op = OperatorRegistry.find(node.op), others.isDisjoint(with: node.inputs + node.outputs) else {
        return false
      }
      let needed = op.inputsKnownBeforehand.filter(node.inputs.indices.contains).map { node.inputs[$0] }
      return needed.isEmpty || areKnown(needed, feeds: feeds)
    }
  }

  /// Whether `values` follow from constants and shapes alone.
  private func areKnown(_ values: [String], feeds: [String: TensorType]?) -> Bool {
    guard let feeds, let part = try? TypeInference(extracting(to: values), feeds: feeds) else { return false }
    return values.allSatisfy { part.constants[$0] != nil }
  }
}
