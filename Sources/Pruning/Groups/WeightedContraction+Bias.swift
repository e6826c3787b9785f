import Graph
import Operators

extension WeightedContraction {
  /// Counts a stored vector that is added to nothing but this contraction's output as its bias: what exporters write for a
  /// dense layer on more than two axes.
  mutating func adoptBias(behindIt graph: Graph, _ types: [String: TensorType]) {
    let readers = graph.nodes.filter { $0.inputs.contains(output) }
    guard !graph.outputs.contains(where: { $0.name == output }), readers.count == 1, let reader = readers.first,
      reader.op == Add.name, let addend = reader.inputs.first(where: { $0 != output }),
      let vector = graph.constants[addend], let size = types[outputAxis.value]?.shape[outputAxis.axis],
      vector.count == size, vector.shape.last == size
    else { return }
    bias = addend
    biasScale = 1
    output = reader.outputs[0]
  }
}
