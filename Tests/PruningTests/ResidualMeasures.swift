import EspalierEngine
import EspalierGraph
import EspalierOperators
import EspalierTensors
import Testing

/// `|| U - U' ||^2` of two networks' outputs on the same inputs.
func squaredDifference(_ first: Graph, _ second: Graph, _ inputs: Tensor) throws -> Double {
  let outputs = try [first, second].map { graph in
    let plan = try Plan(graph, feeds: ["input": TensorType(of: inputs)])
    return try Session(plan).run(["input": inputs])[graph.outputs[0].name]!.doubles()!
  }
  return zip(outputs[0], outputs[1]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
}

/// Checks that no small random change of the named parameters brings the network nearer to `dense`.
func expectNoSmallChangeDoesBetter(
  _ graph: Graph, than best: Double, like dense: Graph, _ names: [String], _ inputs: Tensor
) throws {
  var generator = SeededGenerator(seed: 5)
  for name in names {
    for _ in 0..<10 {
      var changed = graph
      let old = changed.constants[name]!
      changed.constants[name] = Tensor(
        shape: old.shape, old.elements(as: Float.self).map { $0 + Float(generator.normal() * 0.03) })
      #expect(try squaredDifference(dense, changed, inputs) > best)
    }
  }
}
