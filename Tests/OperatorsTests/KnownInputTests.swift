import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors
import Testing

/// Inputs whose elements must be known before the network runs.
@Suite struct KnownInputTests {
  /// An operator names each input without whose elements a node of it is invalid: a network in which these follow from
  /// data is run up to there.
  @Test func noInputThatMustBeKnownIsForgotten() throws {
    var needing: Set<OperatorName> = []
    // A training mode that follows from data is refused, not set aside.
    for example in OperatorCases.all where example.op != Dropout.name {
      let feeds = example.inputs(seed: 1).mapValues { TensorType(of: $0) }
      let typed = try TypeInference(example.graph, feeds: feeds).nodes[0]
      for position in typed.constants.indices where typed.constants[position] != nil {
        var constants = typed.constants
        constants[position] = nil
        let call = Invocation(typed.node, opset: typed.call.opset, inputs: typed.inputs, constants: constants)
        guard (try? OperatorRegistry.parse(call)) == nil else { continue }
        needing.insert(example.op)
        #expect(type(of: typed.op).inputsKnownBeforehand.contains(position), "\(example), input \(position)")
      }
    }
    #expect(needing.isSuperset(of: [Reshape.name, Slice.name, Tile.name, TopK.name]))
  }
}
