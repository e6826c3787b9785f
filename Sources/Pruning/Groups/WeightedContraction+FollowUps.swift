import EspalierGraph
import EspalierOperators
import EspalierTensors

extension WeightedContraction {
  /// Includes nodes that alone read this contraction's output: an added stored vector, as exporters write the bias of a
  /// dense layer on more than two axes, and a normalisation by stored statistics, as they leave behind a convolution.
  mutating func adoptFollowUps(in graph: Graph, _ readers: [String: [Int]], _ types: [String: TensorType]) {
    if bias == nil { adoptBias(in: graph, readers, types) }
    adoptNormalization(in: graph, readers)
  }

  /// The one node that reads the output; `nil` if others read it too.
  private func soleReader(in graph: Graph, _ readers: [String: [Int]]) -> Node? {
    guard let positions = readers[output], positions.count == 1, !graph.outputs.contains(where: { $0.name == output })
    else { return nil }
    return graph.nodes[positions[0]]
  }

  private mutating func adoptBias(in graph: Graph, _ readers: [String: [Int]], _ types: [String: TensorType]) {
    guard let reader = soleReader(in: graph, readers), reader.op == Add.name,
      let addend = reader.inputs.first(where: { $0 != output }), let vector = graph.constants[addend],
      let size = types[outputAxis.value]?.shape[outputAxis.axis], activationRank != 4,
      vector.count == size, vector.shape.last == size
    else { return }
    bias = addend
    biasScale = 1
    output = reader.outputs[0]
  }

  private mutating func adoptNormalization(in graph: Graph, _ readers: [String: [Int]]) {
    guard let reader = soleReader(in: graph, readers), reader.op == BatchNormalization.name, reader.inputs.count == 5,
      reader.inputs.dropFirst().allSatisfy({ graph.constants[$0]?.elementType == .float32 })
    else { return }
    var epsilon: Float = 1e-5
    if case .float(let value)? = reader.attributes["epsilon"] { epsilon = value }
    normalization = StoredNormalization(
      scale: reader.inputs[1], shift: reader.inputs[2], mean: reader.inputs[3], variance: reader.inputs[4],
      epsilon: epsilon)
    output = reader.outputs[0]
  }
}

extension StoredNormalization {
  /// The normalisation as `factor x + offset`, one pair per output.
  func affine(in graph: Graph) -> (factor: [Double], offset: [Double])? {
    guard let scale = graph.constants[scale]?.doubles(), let shift = graph.constants[shift]?.doubles(),
      let mean = graph.constants[mean]?.doubles(), let variance = graph.constants[variance]?.doubles()
    else { return nil }
    let factor = zip(scale, variance).map { $0 / ($1 + Double(epsilon)).squareRoot() }
    return (factor, zip(zip(shift, factor), mean).map { $0.0 - $0.1 * $1 })
  }
}
