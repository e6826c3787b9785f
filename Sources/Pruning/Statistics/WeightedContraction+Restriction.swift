import Graph
import Operators
import Tensors

extension WeightedContraction {
  /// `node`, which is this layer in some graph, on nothing but `channels` of what it reads: `W_S H_S`, at the cost of these channels.
  ///
  /// Where the layer sums within groups of channels, these must stay whole: the others are multiplied by zero instead.
  ///
  /// - Parameters:
  ///   - weight: The layer's weights, all channels of them.
  ///   - prefix: What names of values begin with.
  ///   - output: What the result is called.
  func restriction(
    of node: Node, to channels: [Int], weight: Tensor, prefix: String, output: String
  ) -> (nodes: [Node], constants: [String: Tensor]) {
    let (hidden, stored) = ("\(prefix)/hidden", "\(prefix)/weight")
    var constants: [String: Tensor] = [:]
    let first: Node
    if groups > 1 {
      var mask = [Float](repeating: 0, count: weight.shape[self.weight.axis] * groups)
      for channel in channels { mask[channel] = 1 }
      var shape = [Int](repeating: 1, count: activationRank - activation.axis)
      shape[0] = mask.count
      constants["\(prefix)/mask"] = Tensor(shape: Shape(shape), mask)
      constants[stored] = weight
      first = Node(Multiply.name, name: hidden, [activation.value, "\(prefix)/mask"], [hidden])
    } else {
      constants["\(prefix)/channels"] = Tensor(shape: [channels.count], channels.map(Int64.init))
      constants[stored] = weight.taking(channels, along: self.weight.axis)
      first = Node(
        Gather.name, name: hidden, [activation.value, "\(prefix)/channels"], [hidden],
        ["axis": .int(Int64(activation.axis))])
    }
    var copy = node
    copy.name = output
    copy.outputs = [output]
    copy.inputs = node.inputs.prefix(2).map { $0 == self.weight.value ? stored : hidden } + node.inputs.dropFirst(2)
    return ([first, copy], constants)
  }
}
