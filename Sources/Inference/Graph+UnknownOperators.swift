import EspalierFiles
import EspalierGraph
import EspalierOperators

extension Graph {
  /// The same network with the nodes whose operator is unknown, that read or make other values than dense tensors,
  /// whose shapes follow from data, or that have `faults`, and all that depend on them, set aside
  /// (``Graph/separatingOpaquePart(faults:isKnown:)``).
  ///
  /// - Complexity: O(nodes and their inputs).
  package func separatingUnknownOperators(besides faults: [Node: EspalierError] = [:]) -> Graph {
    let others = Set((inputs + outputs + intermediates).filter { $0.otherType != nil }.map(\.name))
    let data = valuesOfData
    return separatingOpaquePart(faults: faults) { node in
      guard let op = OperatorRegistry.find(node.op), others.isDisjoint(with: node.inputs + node.outputs) else {
        return false
      }
      return op.inputsKnownBeforehand.filter(node.inputs.indices.contains).allSatisfy {
        !data.contains(node.inputs[$0])
      }
    }
  }

  /// The values that follow from the elements of the inputs, rather than from constants and shapes alone.
  private var valuesOfData: Set<String> {
    var data = Set(feeds.map(\.name))
    for node in nodes where OperatorRegistry.find(node.op)?.readsElements ?? true {
      guard !data.isDisjoint(with: node.inputs) || !data.isDisjoint(with: node.capturedValues) else { continue }
      data.formUnion(node.outputs.filter { !$0.isEmpty })
    }
    return data
  }
}
