import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import OrderedCollections
import Testing

/// Compares convolutions fused with the nodes behind them with the plain kernels, one by one.
@Suite struct FusionTests {
  private static let window: OrderedDictionary<String, Attribute> = ["pads": .ints([1, 1, 1, 1])]
  private static let stored = ["scale", "shift", "mean", "variance"]

  /// Nodes behind the convolution `c`, the results that are asked for, and the values that fusion removes.
  struct Chain: Sendable, CustomStringConvertible {
    let description: String
    let nodes: [Node]
    var results = ["y"]
    var variables: Set<String> = []
    var bias = true
    /// The values that fusion removes.
    let gone: [String]
  }

  static let chains: [Chain] = [
    Chain(
      description: "normalised and rectified",
      nodes: [Node(BatchNormalization.name, ["c"] + stored, ["n"]), Node(Relu.name, ["n"], ["y"])], gone: ["c", "n"]),
    Chain(
      description: "without bias, epsilon said",
      nodes: [Node(BatchNormalization.name, ["c"] + stored, ["y"], ["epsilon": .float(0.5)])], bias: false,
      gone: ["c"]),
    Chain(
      description: "normalised twice and clipped",
      nodes: [
        Node(BatchNormalization.name, ["c"] + stored, ["n"]), Node(BatchNormalization.name, ["n"] + stored, ["m"]),
        Node(Clip.name, ["m", "low", "high"], ["y"]),
      ], gone: ["c", "n", "m"]),
    Chain(description: "clipped from above", nodes: [Node(Clip.name, ["c", "", "high"], ["y"])], gone: ["c"]),
    Chain(
      description: "rectified before it is normalised",
      nodes: [Node(Relu.name, ["c"], ["r"]), Node(BatchNormalization.name, ["r"] + stored, ["y"])], gone: ["c"]),
    Chain(
      description: "read twice",
      nodes: [
        Node(Relu.name, ["c"], ["r"]), Node(Add.name, ["r", "c"], ["y"]),
      ], gone: []),
    Chain(
      description: "asked for", nodes: [Node(Relu.name, ["c"], ["y"])], results: ["y", "c"], gone: []),
    Chain(
      description: "weights that change",
      nodes: [Node(BatchNormalization.name, ["c"] + stored, ["n"]), Node(Relu.name, ["n"], ["y"])], variables: ["w"],
      gone: []),
    Chain(
      description: "statistics that change",
      nodes: [Node(BatchNormalization.name, ["c"] + stored, ["n"]), Node(Relu.name, ["n"], ["y"])],
      variables: ["variance"], gone: []),
    Chain(
      description: "bounds the wrong way round", nodes: [Node(Clip.name, ["c", "high", "low"], ["y"])], gone: []),
  ]

  @Test(arguments: Backends.all, chains)
  func resultsAreThoseOfPlainKernels(backend: any Backend, chain: Chain) throws {
    for (groups, channels) in [(1, 4), (2, 2), (4, 1)] {
      var generator = SeededGenerator(seed: 7)
      func random(_ shape: Shape) -> Tensor { .random(shape, &generator) }
      var constants: OrderedDictionary<String, Tensor> = [
        "w": random([8, channels, 3, 3]), "bias": random([8]), "scale": random([8]), "shift": random([8]),
        "mean": random([8]), "low": Tensor(scalar: Float(-0.5)), "high": Tensor(scalar: Float(0.75)),
      ]
      constants["variance"] = Tensor(shape: [8], random([8]).floats()!.map { abs($0) })
      let attributes = Self.window.merging(["group": .int(Int64(groups))]) { $1 }
      let convolution = Node(Conv.name, chain.bias ? ["x", "w", "bias"] : ["x", "w"], ["c"], attributes)
      let graph = Graph(
        nodes: [convolution] + chain.nodes, inputs: [ValueInfo("x")], outputs: [ValueInfo("y")], constants: constants)
      let x = random([2, 4, 5, 6])
      let expected = try interpret(graph, ["x": x])
      let session = try Session(
        Plan(graph, feeds: ["x": TensorType(of: x)], results: chain.results, variables: chain.variables), on: backend)
      for _ in 0..<2 {
        for (name, value) in try session.run(["x": x]) {
          #expect(value.distance(from: expected[name]!) < 1e-5, "\(name) in \(groups) groups")
        }
      }
      for value in ["c"] + chain.nodes.map({ $0.outputs[0] }) where backend.fuses {
        let isGone = (try? session.buffer(value)) == nil
        #expect(isGone == chain.gone.contains(value), "\(value)")
      }
    }
  }

  /// A normalisation follows its new parameters where these may change.
  @Test(arguments: Backends.all) func whatMayChangeIsNotWorkedIn(backend: any Backend) throws {
    let graph = Graph(
      nodes: [Node(Conv.name, ["x", "w"], ["c"]), Node(BatchNormalization.name, ["c"] + Self.stored, ["y"])],
      inputs: [ValueInfo("x")], outputs: [ValueInfo("y")],
      constants: [
        "w": Tensor(shape: [1, 1, 1, 1], [2] as [Float]), "scale": Tensor(repeating: Float(1), shape: [1]),
        "shift": Tensor(repeating: Float(0), shape: [1]), "mean": Tensor(repeating: Float(0), shape: [1]),
        "variance": Tensor(repeating: Float(1), shape: [1]),
      ])
    let x = Tensor(repeating: Float(3), shape: [1, 1, 2, 2])
    let session = try Session(
      Plan(graph, feeds: ["x": TensorType(of: x)], variables: ["shift"]), on: backend)
    for shift in [0, 5] as [Float] {
      try session.set("shift", to: Tensor(repeating: shift, shape: [1]))
      let y = try #require(try session.run(["x": x])["y"]?.floats())
      #expect(y.allSatisfy { abs($0 - 6 - shift) < 1e-3 })
    }
  }

  /// A padding in front of a convolution, which takes it in where it adds zeros to spatial axes.
  @Test(
    arguments: [
      ([0, 0, 0, 1, 0, 0, 2, 1], nil, "constant", true), ([0, 0, 1, 1, 0, 0, 1, 1], Float(0), "constant", true),
      ([0, 0, 1, 1, 0, 0, 1, 1], Float(3), "constant", false), ([0, 0, 1, 1, 0, 0, 1, 1], nil, "edge", false),
      ([0, 1, 1, 1, 0, 1, 1, 1], nil, "constant", false), ([0, 0, -1, 0, 0, 0, 0, 0], nil, "constant", false),
    ] as [([Int64], Float?, String, Bool)])
  func paddingIsTakenIn(pads: [Int64], number: Float?, mode: String, isTakenIn: Bool) throws {
    var generator = SeededGenerator(seed: 9)
    let channels = pads[1] == 0 ? 2 : 4
    let graph = Graph(
      nodes: [
        Node(Pad.name, number == nil ? ["x", "pads"] : ["x", "pads", "number"], ["p"], ["mode": .string(mode)]),
        Node(Conv.name, ["p", "w"], ["c"], ["strides": .ints([2, 1]), "pads": .ints([1, 0, 0, 1])]),
        Node(Relu.name, ["c"], ["y"]),
      ],
      inputs: [ValueInfo("x")], outputs: [ValueInfo("y")],
      constants: [
        "w": .random([3, channels, 3, 3], &generator), "pads": Tensor(shape: [8], pads),
        "number": Tensor(scalar: number ?? 0),
      ])
    let x = Tensor.random([2, 2, 5, 6], &generator)
    let expected = try #require(try interpret(graph, ["x": x])["y"])
    for backend in Backends.all {
      let session = try Session(Plan(graph, feeds: ["x": TensorType(of: x)], results: ["y"]), on: backend)
      #expect(try #require(session.run(["x": x])["y"]).distance(from: expected) < 1e-5)
      if backend.fuses { #expect(((try? session.buffer("p")) == nil) == isTakenIn) }
    }
  }
}
