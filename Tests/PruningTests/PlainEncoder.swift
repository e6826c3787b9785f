import EspalierArchitectures
import EspalierGraph
import EspalierTensors
import Foundation

/// BERT with a classifier, written out for one text in double precision.
///
/// It may be narrower than its weights: it uses only the channels between blocks, the heads and the feed-forward units
/// that it is given. It shares nothing with graphs and their pruning.
struct PlainEncoder {
  private typealias Rows = [[Double]]

  let network: BERT
  /// The dense network's weights: layers store inputs x outputs.
  let weights: [String: [Double]]
  private let sizes: [String: Int]
  /// The channels between blocks.
  var channels: [Int]
  /// The heads of each block.
  var heads: [[Int]]
  /// The feed-forward units of each block.
  var units: [[Int]]
  /// The units between the pooler and the classes.
  var pooled: [Int]

  /// All of it.
  init(_ network: BERT, _ weights: some Sequence<(key: String, value: Tensor)>) {
    self.network = network
    let stored = weights.filter { $0.value.elementType == .float32 && !$0.value.shape.isEmpty }
    self.weights = Dictionary(uniqueKeysWithValues: stored.map { ($0.key, $0.value.doubles()!) })
    sizes = Dictionary(uniqueKeysWithValues: stored.map { ($0.key, $0.value.shape.last!) })
    channels = Array(0..<network.hiddenSize)
    heads = Array(repeating: Array(0..<network.heads), count: network.layers)
    units = Array(repeating: Array(0..<network.intermediateSize), count: network.layers)
    pooled = channels
  }

  /// The logits of several texts without padding, one behind the other.
  func logits(_ inputs: [String: Tensor]) -> [Double] {
    let (ids, types) = (inputs["input_ids"]!.integers()!, inputs["token_type_ids"]!.integers()!)
    let length = inputs["input_ids"]!.shape[1]
    return stride(from: 0, to: ids.count, by: length).flatMap { start in
      logits(Array(ids[start..<start + length]), types: Array(types[start..<start + length]))
    }
  }

  /// The logits of the text of tokens `ids`, its places of the kinds `types`.
  func logits(_ ids: [Int], types: [Int]) -> [Double] {
    var stream: Rows = ids.indices.map { place in
      let parts = [
        row("embeddings.word_embeddings.weight", ids[place]),
        row("embeddings.token_type_embeddings.weight", types[place]),
        row("embeddings.position_embeddings.weight", place),
      ]
      return channels.map { channel in parts.reduce(0) { $0 + $1[channel] } }
    }
    stream = normalized(stream, "embeddings.LayerNorm")
    for layer in 0..<network.layers {
      let name = "encoder.layer.\(layer)"
      let middle = normalized(sum(attention(stream, layer), stream), "\(name).attention.output.LayerNorm")
      var hidden = dense(middle, "\(name).intermediate.dense", channels, units[layer])
      hidden = hidden.map { $0.map { $0 * 0.5 * (1 + erf($0 / 2.0.squareRoot())) } }
      let output = dense(hidden, "\(name).output.dense", units[layer], channels)
      stream = normalized(sum(output, middle), "\(name).output.LayerNorm")
    }
    let first = dense([stream[0]], "pooler.dense", channels, pooled)[0].map { tanh($0) }
    return dense([first], "classifier", pooled, Array(0..<3))[0]
  }

  private func attention(_ stream: Rows, _ layer: Int) -> Rows {
    let (name, size) = ("encoder.layer.\(layer).attention", network.hiddenSize / network.heads)
    let columns = heads[layer].flatMap { $0 * size..<($0 + 1) * size }
    let parts = ["query", "key", "value"].map { dense(stream, "\(name).self.\($0)", channels, columns) }
    var attended = stream.map { _ in [Double](repeating: 0, count: columns.count) }
    for head in heads[layer].indices {
      let own = head * size..<(head + 1) * size
      for place in stream.indices {
        let products = stream.indices.map { other in
          own.reduce(0) { $0 + parts[0][place][$1] * parts[1][other][$1] } / Double(size).squareRoot()
        }
        let exponentials = products.map { exp($0 - products.max()!) }
        for (other, exponential) in exponentials.enumerated() {
          let weight = exponential / exponentials.reduce(0, +)
          for column in own { attended[place][column] += weight * parts[2][other][column] }
        }
      }
    }
    return dense(attended, "\(name).output.dense", columns, channels)
  }

  private func normalized(_ rows: Rows, _ name: String) -> Rows {
    let (scale, bias) = (row("\(name).weight", 0), row("\(name).bias", 0))
    return rows.map { row in
      let mean = row.reduce(0, +) / Double(row.count)
      let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(row.count)
      let deviation = (variance + Double(network.epsilon)).squareRoot()
      return zip(row, channels).map { ($0 - mean) / deviation * scale[$1] + bias[$1] }
    }
  }

  private func dense(_ rows: Rows, _ name: String, _ inputs: [Int], _ outputs: [Int]) -> Rows {
    let bias = row("\(name).bias", 0)
    let weight = inputs.map { row("\(name).weight", $0) }
    return rows.map { row in
      outputs.map { output in zip(row, weight).reduce(bias[output]) { $0 + $1.0 * $1.1[output] } }
    }
  }

  private func sum(_ first: Rows, _ second: Rows) -> Rows { zip(first, second).map { zip($0, $1).map { $0 + $1 } } }

  private func row(_ name: String, _ index: Int) -> [Double] {
    let size = sizes[name]!
    return Array(weights[name]![index * size..<(index + 1) * size])
  }
}
