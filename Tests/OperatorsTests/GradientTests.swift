import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import Testing

/// Compares every derivative, on every backend, with central differences of fourth order.
@Suite struct GradientTests {
  @Test func noDifferentiableOperatorIsForgotten() throws {
    let tested = Set(OperatorCases.all.map(\.op))
    for op in OperatorRegistry.standard + OperatorRegistry.own {
      if OperatorCases.withoutDerivative.contains(op.name) {
        #expect(!(op is any DifferentiableOperator.Type), "\(op.name) has one, and no case in OperatorCases")
      } else {
        #expect(tested.contains(op.name), "\(op.name) has no case in OperatorCases")
      }
    }
  }

  @Test(arguments: Backends.all, OperatorCases.all)
  func gradientsAreTheLimitsOfDifferences(backend: any Backend, example: OperatorCase) throws {
    if OperatorCases.withoutDerivative.contains(example.op) { return }
    var inputs = example.inputs(seed: 7)
    let feeds = inputs.mapValues { TensorType(of: $0) }
    let differentiation = try Differentiation(
      of: "y", in: example.graph, withRespectTo: example.variables, feeds: feeds)
    let forward = try Session(Plan(example.graph, feeds: feeds), on: backend)
    var generator = SeededGenerator(seed: 8)
    let shape = try #require(forward.plan.types["y"]?.shape)
    var seed = Tensor(repeating: Float(1), shape: shape)
    var backwardInputs = inputs
    var backwardFeeds = feeds
    if let name = differentiation.seed {
      seed = .random(shape, &generator)
      backwardInputs[name] = seed
      backwardFeeds[name] = TensorType(shape)
    }
    let backward = try Session(
      Plan(
        differentiation.graph, feeds: backwardFeeds, results: example.variables.map { differentiation.gradients[$0]! }),
      on: backend)
    let gradients = try backward.run(backwardInputs)
    let weights = try #require(seed.doubles())
    /// The sum of seed times output, where one element of one input is changed.
    func value(_ name: String, _ element: Int, changedBy change: Float) throws -> Double {
      let original = inputs[name]!
      var changed = original
      changed.withMutableElements(as: Float.self) { $0[element] += change }
      inputs[name] = changed
      defer { inputs[name] = original }
      return zip(weights, try forward.run(inputs)["y"]!.doubles()!).reduce(0) { $0 + $1.0 * $1.1 }
    }
    for name in example.variables {
      let gradient = gradients[differentiation.gradients[name]!]!
      #expect(gradient.shape == inputs[name]!.shape)
      let values = try #require(gradient.doubles())
      let step: Float = 1 / 64
      for element in values.indices {
        let near =
          try value(name, element, changedBy: step) - value(name, element, changedBy: -step)
        let far =
          try value(name, element, changedBy: 2 * step) - value(name, element, changedBy: -2 * step)
        let expected = (8 * near - far) / (12 * Double(step))
        #expect(
          abs(values[element] - expected) <= 3e-4 * max(1, abs(expected)),
          "element \(element) of \(name): \(values[element]), and differences give \(expected)")
      }
    }
  }
}
