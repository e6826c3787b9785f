import EspalierGraph
import EspalierOperators
import EspalierTensors

extension WeightedContraction {
  /// The two operands of this layer restricted to `channels` of its input, in the order of `node`'s inputs: for
  /// `W_S H_S`, at the cost of these channels.
  ///
  /// If the layer sums within groups of channels, the operands keep their size and the other channels are multiplied by
  /// zero.
  ///
  /// - Parameters:
  ///   - node: The layer in some graph.
  ///   - weight: The layer's weights for all channels.
  ///   - prefix: The prefix of the names of values.
  func operands(
    of node: Node, cutTo channels: [Int], weight: Tensor, prefix: String, with builder: inout GraphBuilder
  ) -> [String] {
    let (hidden, stored): (String, String)
    if groups > 1 {
      var mask = [Float](repeating: 0, count: weight.shape[self.weight.axis] * groups)
      for channel in channels { mask[channel] = 1 }
      let factors = builder.store(self.factors(mask), as: "\(prefix)/mask")
      stored = builder.store(weight, as: "\(prefix)/weight")
      hidden = builder.add(Multiply.name, [activation.value, factors], output: "\(prefix)/hidden")
    } else {
      let places = builder.store(
        Tensor(shape: [channels.count], channels.map(Int64.init)), as: "\(prefix)/channels")
      stored = builder.store(weight.taking(channels, along: self.weight.axis), as: "\(prefix)/weight")
      hidden = builder.add(
        Gather.name, [activation.value, places], ["axis": .int(Int64(activation.axis))], output: "\(prefix)/hidden")
    }
    return node.inputs.prefix(2).map { $0 == self.weight.value ? stored : hidden }
  }
}
