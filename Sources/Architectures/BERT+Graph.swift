import EspalierFiles
import EspalierGraph
import EspalierTensors

extension BERT {
  /// The network as a graph, with weights from a file and initial weights drawn from `seed` for those missing from it.
  ///
  /// Inputs are `input_ids`, `attention_mask` (1 for tokens to attend to) and `token_type_ids`, `B x S` of `int64`; the
  /// output is `last_hidden_state` or `logits`. Parameters have their names in the transformers library; dense layers
  /// store inputs x outputs.
  /// - Returns: The model, and the names of the parameters with initial values.
  /// - Throws: `EspalierError` if weights do not fit, or a file lacks some of the encoder's.
  package func model(
    _ task: Task, weights: BERTWeights? = nil, seed: UInt64 = 0
  ) throws(EspalierError) -> (model: Model, initial: [String]) {
    // The memory for each weight: as drawn, in its tensor, and in the bytes of the file.
    let bytes = weightCount * 3 * Double(MemoryLayout<Float>.size)
    try SystemMemory.check(bytes, for: "the network", remedy: "give a configuration with smaller sizes")
    var builder = EncoderBuilder(self, weights, seed: seed)
    let hidden = try builder.encode()
    switch task {
    case .features: builder.finish(hidden, as: "last_hidden_state", [.symbolic("sequence"), .fixed(hiddenSize)])
    case .classification(let labels):
      let first = builder.add("Gather", "first", [hidden, builder.integers("first.place", [], [0])], ["axis": .int(1)])
      var value = try builder.dense(first, hiddenSize, hiddenSize, "pooler.dense", isNew: true)
      value = builder.add("Tanh", "pooler.activation", [value])
      value = try builder.dense(value, hiddenSize, labels, "classifier", isNew: true)
      builder.finish(value, as: "logits", [.fixed(labels)])
    }
    return (Model(builder.graph), builder.initial)
  }
}
