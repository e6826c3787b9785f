import Graph
import Tensors

extension Graph {
  /// The network in which the layers that read `group` read its `kept` units alone.
  ///
  /// It computes what masking and ``silencing(_:keeping:)`` do, at the cost of the smaller layers; everything else keeps its shape and
  /// name. Layers that sum within groups of channels stay as they are, and those in `whole`. Complexity: the bytes of the weights that change.
  func narrowing(_ group: PruningGroup, keeping kept: [Int], except whole: [WeightedContraction]) -> Graph {
    var result = self
    let isKept = Set(kept)
    for layer in group.consumers where layer.groups == 1 && !whole.contains(layer) {
      guard let position = result.nodes.firstIndex(where: { $0.outputs.first == layer.product }),
        let weight = result.constants[layer.weight.value]
      else { continue }
      // What belongs to no unit of the group, or to another group too, has zeros for weights already where it is dropped.
      let dropped = Set(
        group.elements[layer.activation]!.enumerated().filter { !isKept.contains($0.offset) }.flatMap(\.element))
      let channels = (0..<layer.channelCount(in: self)).filter { !dropped.contains($0) }
      guard !dropped.isEmpty, !channels.isEmpty else { continue }
      let part = layer.restriction(
        of: result.nodes[position], to: channels, weight: weight, prefix: unusedName("\(layer.product) narrowed"),
        output: layer.product)
      result.nodes.replaceSubrange(position...position, with: part.nodes)
      result.constants.merge(part.constants) { _, narrowed in narrowed }
    }
    return result
  }
}
