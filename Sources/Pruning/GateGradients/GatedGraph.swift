import EspalierGraph
import EspalierOperators

/// A network in which each layer that reads a group does so through a value of its own: the place of its gates.
///
/// The gradient at such a value is that of the one layer behind it, while a gradient at the activation itself would
/// include all other paths, such as that around a residual block.
struct GatedGraph {
  /// The network with the added nodes.
  let graph: Graph
  /// The value that each layer reads.
  let gates: [WeightedContraction: String]

  /// The gates of `readings` in `original`. Complexity: O(nodes).
  init(_ original: Graph, _ readings: [GroupReading]) {
    let layers = Dictionary(readings.map { ($0.layer.product, $0.layer) }, uniquingKeysWith: { first, _ in first })
    var builder = GraphBuilder(rewriting: original)
    var gates: [WeightedContraction: String] = [:]
    for var node in original.nodes {
      if let layer = node.outputs.first.flatMap({ layers[$0] }) {
        let value = layer.activation.value
        let gate = builder.add(Identity.name, [value], output: "\(value) gate")
        node.inputs = node.inputs.map { $0 == value ? gate : $0 }
        gates[layer] = gate
      }
      builder.append(node)
    }
    graph = builder.graph
    self.gates = gates
  }
}
