import EspalierGraph
import EspalierOperators

/// The value at which a layer is compared with the dense network: its output or, where an addition of another branch
/// alone reads it, the sum.
struct TargetPlace {
  /// The value compared.
  let value: String
  /// The other addend; `nil` if the value is the layer's output itself.
  let branch: String?

  /// The place of a layer with this `output` in `graph`.
  ///
  /// - Parameter readers: The positions of the nodes that read each value.
  init(of output: String, in graph: Graph, _ readers: [String: [Int]]) {
    (value, branch) = Self.sum(of: output, in: graph, readers) ?? (output, nil)
  }

  private static func sum(of output: String, in graph: Graph, _ readers: [String: [Int]]) -> (String, String?)? {
    guard let positions = readers[output], positions.count == 1, !graph.outputs.contains(where: { $0.name == output })
    else { return nil }
    let reader = graph.nodes[positions[0]]
    guard reader.op == Add.name, reader.inputs.count == 2,
      let branch = reader.inputs.first(where: { $0 != output && graph.constants[$0] == nil })
    else { return nil }
    return (reader.outputs[0], branch)
  }
}
