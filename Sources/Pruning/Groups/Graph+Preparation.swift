import Graph
import Operators

extension Graph {
  /// The same network as pruning sees it: what `Constant` nodes hold is stored with the graph, and every node reads its own copy of
  /// a stored vector.
  func preparedForPruning() -> Graph {
    storingConstantNodes().separatingSharedVectors()
  }

  /// The same network with the tensors of `Constant` nodes stored with the graph, where some exporters keep all weights.
  func storingConstantNodes() -> Graph {
    var result = self
    result.nodes = []
    let results = Set(outputs.map(\.name))
    for node in nodes {
      guard node.op == Constant.name, case .tensor(let tensor)? = node.attributes["value"],
        let name = node.outputs.first,
        !name.isEmpty, !results.contains(name)
      else {
        result.nodes.append(node)
        continue
      }
      result.constants[name] = tensor
    }
    return result
  }
}
