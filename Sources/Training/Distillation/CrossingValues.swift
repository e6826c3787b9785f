import EspalierGraph
import EspalierInference
import EspalierOperators

/// The values that cross the gap behind each node of a network: computed in front of it and read behind it.
///
/// Only values that depend on a parameter count. Others (masks, positions) are computed anew from the network's inputs
/// wherever they are read, and those known in advance are stored.
struct CrossingValues {
  /// For each node, the crossing values behind it, in the order they are computed.
  let behind: [[String]]
  /// For each node, whether it is a layer with weights: whether it reads a parameter of two axes or more.
  let isLayer: [Bool]

  /// Follows the values of a network with `parameters`.
  ///
  /// - Parameter known: The values known in advance.
  /// - Complexity: O(nodes), and for each the number of crossing values.
  init(_ graph: Graph, parameters: Set<String>, known: Set<String>) {
    let readers = graph.consumers()
    var learnt = parameters
    var live: [String] = []
    var (behind, isLayer): ([[String]], [Bool]) = ([], [])
    for (position, node) in graph.nodes.enumerated() {
      if node.inputs.contains(where: learnt.contains) || !node.capturedValues.isDisjoint(with: learnt) {
        let made = node.outputs.filter { !$0.isEmpty && !known.contains($0) }
        learnt.formUnion(made)
        live += made
      }
      live.removeAll { (readers[$0]?.last ?? -1) <= position }
      behind.append(live)
      isLayer.append(
        node.inputs.contains { parameters.contains($0) && (graph.constants[$0]?.shape.rank ?? 0) > 1 })
    }
    (self.behind, self.isLayer) = (behind, isLayer)
  }
}
