import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import OrderedCollections
import Testing

/// Convolutions as the fast backend lays them out.
@Suite struct ConvolutionBackendTests {
  private static let attributes: OrderedDictionary<String, Attribute> = ["pads": .ints([1, 1, 1, 1])]

  @Test(.enabled(if: Backends.all.contains { $0.name == "onednn" }, "oneDNN is not in this build"))
  func convolutionsAndTheirGradientsAreNotLeftToPlainLoops() throws {
    let backend = try #require(Backends.all.first { $0.name == "onednn" })
    let shapes: [(Shape, Shape, Int64)] = [([2, 3, 8, 8], [4, 3, 3, 3], 1), ([2, 4, 8, 8], [4, 1, 3, 3], 4)]
    for (source, weights, groups) in shapes {
      let result: Shape = [2, 4, 8, 8]
      let examples: [(OperatorName, Shape, Shape, Shape?)] = [
        (Conv.name, source, weights, nil), (ConvolutionDataGradient.name, result, weights, source),
        (ConvolutionWeightGradient.name, result, source, weights),
      ]
      for (op, first, second, shape) in examples {
        var attributes = Self.attributes
        attributes["group"] = .int(groups)
        if let shape { attributes["shape"] = .ints(shape.map(Int64.init)) }
        let example = OperatorCase(op, of: [first, second], attributes)
        let feeds = example.inputs(seed: 1).mapValues { TensorType(of: $0) }
        let kernel = try backend.kernel(TypeInference(example.graph, feeds: feeds).nodes[0], in: .channelsLast)
        #expect(!(kernel is FunctionKernel), "\(op) in \(groups) groups")
      }
    }
  }

  @Test(arguments: Backends.all)
  func storedWeightsServeManyRuns(backend: any Backend) throws {
    var generator = SeededGenerator(seed: 1)
    let weights = Tensor.random([16, 8, 3, 3], &generator)
    func graph(_ weights: Tensor) -> Graph {
      Graph(
        nodes: [Node(Conv.name, ["x", "w"], ["y"], Self.attributes)], inputs: [ValueInfo("x")],
        outputs: [ValueInfo("y")], constants: ["w": weights])
    }
    let feeds = ["x": TensorType([2, 8, 6, 6])]
    let session = try Session(Plan(graph(weights), feeds: feeds), on: backend)
    for _ in 0..<3 {
      let x = Tensor.random([2, 8, 6, 6], &generator)
      let expected = try run(Conv.name, [x, weights], Self.attributes)
      #expect(try session.run(["x": x])["y"]!.distance(from: expected) < 1e-5)
    }
  }

  @Test(arguments: Backends.all)
  func weightsThatChangeAreReadAnew(backend: any Backend) throws {
    var generator = SeededGenerator(seed: 2)
    let x = Tensor.random([2, 8, 6, 6], &generator)
    let graph = Graph(
      nodes: [Node(Conv.name, ["x", "w"], ["y"], Self.attributes)], inputs: [ValueInfo("x")],
      outputs: [ValueInfo("y")], constants: ["w": .random([16, 8, 3, 3], &generator)])
    let session = try Session(Plan(graph, feeds: ["x": TensorType(of: x)], variables: ["w"]), on: backend)
    for _ in 0..<3 {
      let weights = Tensor.random([16, 8, 3, 3], &generator)
      try session.set("w", to: weights)
      let expected = try run(Conv.name, [x, weights], Self.attributes)
      #expect(try session.run(["x": x])["y"]!.distance(from: expected) < 1e-5)
    }
  }

  /// Compares fused bounds of every kind with a convolution and a clip, on every backend.
  @Test(arguments: Backends.all)
  func fusedOnesHoldTheirBounds(backend: any Backend) throws {
    for (least, greatest) in [(0, .infinity), (0, 6), (-0.5, 0.5), (-.infinity, 0.25), (-1, .infinity)]
      as [(Float, Float)]
    {
      var attributes = Self.attributes
      if least > -.infinity { attributes["least"] = .float(least) }
      if greatest < .infinity { attributes["greatest"] = .float(greatest) }
      let example = OperatorCase(FusedConvolution.name, of: [[2, 3, 8, 8], [4, 3, 3, 3], [4]], attributes)
      let inputs = example.inputs(seed: 1)
      let plain = try run(Conv.name, example.graph.nodes[0].inputs.map { inputs[$0]! }, Self.attributes)
      let expected = Tensor(shape: plain.shape, plain.floats()!.map { min(max($0, least), greatest) })
      let session = try Session(
        Plan(example.graph, feeds: inputs.mapValues { TensorType(of: $0) }), on: backend)
      let result = try #require(try session.run(inputs).values.first)
      #expect(result.distance(from: expected) < 1e-5)
    }
  }
}
