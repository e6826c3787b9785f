import EspalierGraph
import EspalierOperators
import EspalierTensors
import OrderedCollections

extension Graph {
  /// The dense graph in which the units not in `selection` are multiplied by zero wherever a layer reads them, and left
  /// out wherever a node normalises over them: the reference for the pruned graph.
  package func masking(_ groups: [PruningGroup], keeping selection: [String: [Int]]) -> Graph {
    // A layer behind a concatenation reads several groups: its masks are combined.
    var masks: OrderedDictionary<WeightedContraction, [Float]> = [:]
    for group in groups {
      guard let kept = selection[group.id].map(Set.init) else { continue }
      for layer in group.readers {
        let size = layer.channelCount(in: self)
        for (unit, channels) in group.elements[layer.activation]!.enumerated() where !kept.contains(unit) {
          for channel in channels { masks[layer, default: [Float](repeating: 1, count: size)][channel] = 0 }
        }
      }
    }
    return inserting(masks).maskingRanges(groups, keeping: selection).normalizingOverKept(groups, keeping: selection)
  }

  /// The same graph in which the input of each of these layers is multiplied by a mask, one number per channel.
  private func inserting(_ masks: OrderedDictionary<WeightedContraction, [Float]>) -> Graph {
    guard !masks.isEmpty else { return self }
    let layers = Dictionary(grouping: masks.keys, by: \.weight.value)
    var builder = GraphBuilder(rewriting: self)
    for var node in nodes {
      for layer in node.inputs.flatMap({ layers[$0] ?? [] }) where node.inputs.contains(layer.activation.value) {
        let value = layer.activation.value
        let mask = builder.store(layer.factors(masks[layer]!), as: "\(value) mask")
        let masked = builder.add(Multiply.name, [value, mask], output: "\(value) masked")
        node.inputs = node.inputs.map { $0 == value ? masked : $0 }
      }
      builder.append(node)
    }
    return builder.graph
  }
}

extension WeightedContraction {
  /// One number per channel, in a shape that multiplies the layer's input.
  package func factors(_ numbers: [Float]) -> Tensor {
    Tensor(shape: Shape([numbers.count] + Array(repeating: 1, count: activationRank - activation.axis - 1)), numbers)
  }
}
