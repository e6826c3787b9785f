import EspalierGraph
import EspalierTensors

extension Graph {
  /// The network in which the layers that read `group` read only its `kept` units.
  ///
  /// Equivalent to masking and ``silencing(_:keeping:)`` at the cost of the smaller layers; everything else keeps its
  /// shape and name. Layers that sum within groups of channels, and those in `whole`, stay unchanged. Complexity: the
  /// bytes of the weights that change.
  func narrowing(_ group: PruningGroup, keeping kept: [Int], except whole: [WeightedContraction]) -> Graph {
    let isKept = Set(kept)
    let layers = Dictionary(
      grouping: group.consumers.filter { $0.groups == 1 && !whole.contains($0) }, by: \.product)
    var builder = GraphBuilder(rewriting: self)
    for var node in nodes {
      for layer in node.outputs.first.flatMap({ layers[$0] }) ?? [] where node.inputs.contains(layer.weight.value) {
        guard let weight = constants[layer.weight.value] else { continue }
        // Elements that belong to no unit of the group, or also to another group, have zero weights already where they
        // are dropped.
        let dropped = Set(
          group.elements[layer.activation]!.enumerated().filter { !isKept.contains($0.offset) }.flatMap(\.element))
        let channels = (0..<layer.channelCount(in: self)).filter { !dropped.contains($0) }
        guard !dropped.isEmpty, !channels.isEmpty else { continue }
        let operands = layer.operands(
          of: node, cutTo: channels, weight: weight, prefix: "\(layer.product) narrowed", with: &builder)
        node.inputs.replaceSubrange(..<operands.count, with: operands)
      }
      builder.append(node)
    }
    return builder.graph
  }
}
