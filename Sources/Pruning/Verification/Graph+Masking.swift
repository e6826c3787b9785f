import Graph
import Operators
import Tensors

extension Graph {
  /// The dense graph in which the units not in `selection` are multiplied by zero wherever a layer reads them: what the pruned
  /// graph must be equal to.
  public func masking(_ groups: [PruningGroup], keeping selection: [String: [Int]]) -> Graph {
    var result = self
    for group in groups {
      guard let kept = selection[group.id].map(Set.init) else { continue }
      for layer in group.consumers {
        let units = group.elements[layer.activation]!
        let size = constants[layer.weight.value]!.shape[layer.weight.axis]
        var mask = [Float](repeating: 1, count: size)
        for (unit, channels) in units.enumerated() where !kept.contains(unit) {
          for channel in channels { mask[channel] = 0 }
        }
        var shape = [Int](repeating: 1, count: layer.activationRank - layer.activation.axis)
        shape[0] = size
        result.insert(Tensor(shape: Shape(shape), mask), before: layer)
      }
    }
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
