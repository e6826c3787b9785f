import Graph
import Operators
import OrderedCollections
import Tensors

extension Graph {
  /// The dense graph in which the units not in `selection` are multiplied by zero wherever a layer reads them, and left out wherever a
  /// node normalises over them: what the pruned graph must be equal to.
  public func masking(_ groups: [PruningGroup], keeping selection: [String: [Int]]) -> Graph {
    // A layer behind a concatenation reads several groups: its masks are put together.
    var masks: OrderedDictionary<WeightedContraction, [Float]> = [:]
    for group in groups {
      guard let kept = selection[group.id].map(Set.init) else { continue }
      for layer in group.consumers {
        let size = layer.channelCount(in: self)
        for (unit, channels) in group.elements[layer.activation]!.enumerated() where !kept.contains(unit) {
          for channel in channels { masks[layer, default: [Float](repeating: 1, count: size)][channel] = 0 }
        }
      }
    }
    var result = self
    for (layer, mask) in masks {
      var shape = [Int](repeating: 1, count: layer.activationRank - layer.activation.axis)
      shape[0] = mask.count
      result.insert(Tensor(shape: Shape(shape), mask), before: layer)
    }
    result.normalizeOverKept(groups, keeping: selection)
    return result
  }

  private mutating func insert(_ mask: Tensor, before layer: WeightedContraction) {
    let positions = nodes.indices.filter {
      nodes[$0].inputs.contains(layer.weight.value) && nodes[$0].inputs.contains(layer.activation.value)
    }
    for position in positions.reversed() {
      let name = unusedName("\(layer.activation.value) masked")
      let stored = unusedName("\(layer.activation.value) mask", taken: [name])
      constants[stored] = mask
      nodes[position].inputs = nodes[position].inputs.map { $0 == layer.activation.value ? name : $0 }
      nodes.insert(Node(Multiply.name, name: name, [layer.activation.value, stored], [name]), at: position)
    }
  }
}
