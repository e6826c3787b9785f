import EspalierArchitectures
import EspalierGraph
import EspalierPruning
import EspalierTensors

/// A BERT of two blocks for tests: 12 channels, three heads, 20 feed-forward units.
enum SmallEncoder {
  static var network: BERT {
    var network = BERT()
    (network.layers, network.hiddenSize, network.heads, network.intermediateSize) = (2, 12, 3, 20)
    (network.vocabularySize, network.places, network.deviation) = (30, 16, 0.4)
    return network
  }

  /// Its graph; scales and shifts of normalisations are not ones and zeros.
  static func graph(_ task: BERT.Task = .classification(labels: 3)) throws -> Graph {
    var graph = try network.model(task, seed: 3).model.graph
    var networks = SmallNetworks(seed: 5)
    for (name, tensor) in graph.constants.sorted(by: { $0.key < $1.key }) where name.contains("LayerNorm") {
      let noise = networks.tensor(tensor.shape).doubles()!
      graph.constants[name] = Tensor(shape: tensor.shape, zip(tensor.doubles()!, noise).map { Float($0 + 0.3 * $1) })
    }
    return graph
  }

  /// Texts of different lengths, padded with zeros where that is asked.
  static func texts(_ count: Int = 6, length: Int = 9, isPadded: Bool = true) -> [String: Tensor] {
    var generator = SeededGenerator(seed: 8)
    var (ids, mask, types) = ([Int64](), [Int64](), [Int64]())
    for row in 0..<count {
      for place in 0..<length {
        let isText = !isPadded || place < length - row
        ids.append(isText ? Int64(generator.next() % 30) : 0)
        mask.append(isText ? 1 : 0)
        types.append(place > 3 && isText ? 1 : 0)
      }
    }
    let shape: Shape = [count, length]
    return [
      "input_ids": Tensor(shape: shape, ids), "attention_mask": Tensor(shape: shape, mask),
      "token_type_ids": Tensor(shape: shape, types),
    ]
  }
}
