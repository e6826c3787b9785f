import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierInference
import EspalierKernels
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import OrderedCollections
import Testing

/// Compares each backend with the plain kernels on networks whose values want different orders of axes in memory.
@Suite struct ChannelsLastTests {
  private static let window: OrderedDictionary<String, Attribute> = [
    "kernel_shape": .ints([3, 3]), "pads": .ints([1, 1, 1, 1]),
  ]

  /// A node with a name, an operator, operands and attributes.
  fileprivate typealias Layer = (
    name: String, op: OperatorName, inputs: [String], attributes: OrderedDictionary<String, Attribute>
  )

  /// A network over `x` of 2 x 3 x 6 x 6 in which all values in `results` are asked for.
  struct Network: Sendable, CustomStringConvertible {
    let description: String
    let graph: Graph
    /// The parameters that gradients are taken of.
    let parameters: [String]

    fileprivate init(_ description: String, _ layers: [Layer], results: [String]) {
      var generator = SeededGenerator(seed: 3)
      let shapes: OrderedDictionary<String, Shape> = [
        "w": [4, 3, 3, 3], "v": [4, 4, 1, 1], "depthwise": [4, 1, 3, 3], "u": [5, 8, 3, 3], "t": [4, 2, 2, 2],
        "bias": [4], "b": [2], "scale": [4], "mean": [4], "variance": [4], "channels": [4, 1, 1], "dense": [36, 2],
        "map": [1, 4, 6, 6], "plane": [6, 6],
      ]
      let read = Set(layers.flatMap(\.inputs))
      var constants: OrderedDictionary<String, Tensor> = [:]
      for (name, shape) in shapes where read.contains(name) {
        // Small, so that sums of many products lose few digits.
        let values = Tensor.random(shape, &generator).floats()!.map { 0.3 * (name == "variance" ? abs($0) : $0) }
        constants[name] = Tensor(shape: shape, values)
      }
      constants["two"] = Tensor(scalar: Float(0.2))
      self.description = description
      parameters = constants.keys.filter { !["mean", "variance", "two"].contains($0) }
      graph = Graph(
        nodes: layers.map { Node($0.op, name: $0.name, $0.inputs, [$0.name], $0.attributes) }, inputs: [ValueInfo("x")],
        outputs: results.map { ValueInfo($0) }, constants: constants, opsets: ["": 17, "espalier": 1])
    }
  }

  /// Networks without a derivative.
  static let statistics: [Network] = [
    Network(
      "unfolded",
      [
        ("c", Conv.name, ["x", "w", "bias"], window),
        (
          "y", Unfold.name, ["c"],
          window.merging(["strides": .ints([1, 1]), "dilations": .ints([1, 1]), "every": .int(5)]) { $1 }
        ),
        (
          "z", Unfold.name, ["c"],
          [
            "kernel_shape": .ints([1, 1]), "strides": .ints([2, 2]), "dilations": .ints([1, 1]),
            "pads": .ints([0, 0, 0, 0]), "every": .int(1),
          ]
        ),
      ], results: ["y", "z"])
  ]

  static let networks: [Network] = [
    Network(
      "a residual block with a classifier",
      [
        ("c", Conv.name, ["x", "w", "bias"], window), ("r", Relu.name, ["c"], [:]),
        ("d", Conv.name, ["r", "depthwise"], window.merging(["group": .int(4)]) { $1 }),
        ("n", BatchNormalization.name, ["d", "scale", "bias", "mean", "variance"], [:]),
        ("s", Add.name, ["n", "r"], [:]),
        ("p", MaxPool.name, ["s"], ["kernel_shape": .ints([2, 2]), "strides": .ints([2, 2])]),
        ("f", Flatten.name, ["p"], [:]), ("y", Gemm.name, ["f", "dense", "b"], [:]),
      ], results: ["y"]),
    Network(
      "joined and cut",
      [
        ("c", Conv.name, ["x", "w"], window), ("d", Conv.name, ["c", "v", "bias"], [:]),
        ("j", Concat.name, ["c", "d"], ["axis": .int(1)]), ("e", Conv.name, ["j", "u"], window),
        ("y", AveragePool.name, ["e"], window),
      ], results: ["y"]),
    Network(
      "read in both orders",
      [
        ("c", Conv.name, ["x", "w"], window), ("l", Clip.name, ["c", "", "two"], [:]),
        ("moved", Transpose.name, ["l"], ["perm": .ints([0, 2, 3, 1])]), ("d", Conv.name, ["l", "v"], [:]),
        ("i", Identity.name, ["d"], [:]), ("back", Transpose.name, ["moved"], ["perm": .ints([0, 3, 1, 2])]),
        ("y", Multiply.name, ["i", "back"], [:]),
      ], results: ["y", "l", "i"]),
    Network(
      "squeezed and excited",
      [
        ("c", Conv.name, ["x", "w"], window), ("g", GlobalAveragePool.name, ["c"], [:]),
        ("h", Conv.name, ["g", "v", "bias"], [:]), ("gate", Sigmoid.name, ["h"], [:]),
        ("e", Multiply.name, ["c", "gate"], [:]), ("k", Multiply.name, ["e", "channels"], [:]),
        ("m", Add.name, ["k", "map"], [:]), ("q", Subtract.name, ["m", "plane"], [:]),
        ("y", ReduceMean.name, ["q"], ["axes": .ints([2, 3]), "keepdims": .int(0)]),
      ], results: ["y"]),
    Network(
      "made larger",
      [
        ("c", Conv.name, ["x", "w"], window),
        ("y", ConvTranspose.name, ["c", "t", "b"], ["strides": .ints([2, 2])]),
      ], results: ["y", "c"]),
  ]

  private static let x: Tensor = {
    var generator = SeededGenerator(seed: 4)
    return .random([2, 3, 6, 6], &generator)
  }()
  private static let feeds = ["x": TensorType([2, 3, 6, 6])]

  @Test(arguments: Backends.all, networks + statistics)
  func valuesAreThoseOfPlainKernels(backend: any Backend, network: Network) throws {
    let expected = try interpret(network.graph, ["x": Self.x])
    let names = network.graph.nodes.flatMap(\.outputs)
    for results in [network.graph.outputs.map(\.name), names] {
      let session = try Session(Plan(network.graph, feeds: Self.feeds, results: results), on: backend)
      for _ in 0..<2 {
        for (name, value) in try session.run(["x": Self.x]) {
          #expect(value.distance(from: expected[name]!) < 1e-5, "\(name)")
        }
      }
    }
  }

  /// Values that are no results may lie in any order of axes; their buffers know it, and their tensors are right.
  @Test(arguments: Backends.all)
  func buffersKnowTheirOrder(backend: any Backend) throws {
    let graph = Graph(
      nodes: [
        Node(Conv.name, ["x", "w"], ["c"], Self.window), Node(GlobalMaxPool.name, ["c"], ["g"]),
        Node(Conv.name, ["c", "v"], ["y"]),
      ], inputs: [ValueInfo("x")], outputs: [ValueInfo("g"), ValueInfo("y")],
      constants: Self.networks[1].graph.constants)
    let session = try Session(Plan(graph, feeds: Self.feeds), on: backend)
    _ = try session.run(["x": Self.x])
    let expected = try interpret(graph, ["x": Self.x])
    #expect(try session.buffer("y").order == .plain)
    let hidden = try session.buffer("c")
    #expect(hidden.order == (backend.name == "onednn" ? .channelsLast : .plain))
    hidden.write(expected["c"]!)
    #expect(hidden.tensor() == expected["c"])
    #expect(hidden.floats[1] == expected["c"]!.floats()![hidden.order == .plain ? 1 : 36])
  }

  @Test(arguments: Backends.all, networks)
  func gradientsAreTheLimitsOfDifferences(backend: any Backend, network: Network) throws {
    let result = network.graph.outputs[0].name
    let differentiation = try Differentiation(
      of: result, in: network.graph, withRespectTo: network.parameters + ["x"], feeds: Self.feeds)
    let variables = Set(network.parameters)
    let forward = try Session(
      Plan(network.graph, feeds: Self.feeds, results: [result], variables: variables), on: backend)
    let shape = try #require(forward.plan.types[result]?.shape)
    let seedName = try #require(differentiation.seed)
    var generator = SeededGenerator(seed: 5)
    let seed = Tensor.random(shape, &generator)
    var feeds = Self.feeds
    feeds[seedName] = TensorType(shape)
    let backward = try Session(
      Plan(
        differentiation.graph, feeds: feeds,
        results: (network.parameters + ["x"]).map { differentiation.gradients[$0]! }, variables: variables), on: backend
    )
    let gradients = try backward.run(["x": Self.x, seedName: seed])
    let weights = seed.doubles()!
    /// The sum of seed times output, where `name` is `tensor`.
    func value(_ name: String, _ tensor: Tensor) throws -> Double {
      try forward.set("x", to: Self.x)
      try forward.set(name, to: tensor)
      let y = try forward.run([:])[result]!.doubles()!
      return zip(weights, y).reduce(0) { $0 + $1.0 * $1.1 }
    }
    for name in network.parameters + ["x"] {
      let original = name == "x" ? Self.x : network.graph.constants[name]!
      let direction = Tensor.random(original.shape, &generator)
      func moved(by step: Float) -> Tensor {
        let values = zip(original.floats()!, direction.floats()!).map { $0 + step * $1 }
        return Tensor(shape: original.shape, values)
      }
      // The step is so short that rectifiers and largest numbers of windows hardly ever change.
      let step: Float = 1 / 1024
      let difference = try value(name, moved(by: step)) - value(name, moved(by: -step))
      let expected = difference / Double(2 * step)
      let slope = zip(gradients[differentiation.gradients[name]!]!.doubles()!, direction.doubles()!)
        .reduce(0.0) { $0 + $1.0 * $1.1 }
      #expect(
        abs(slope - expected) <= 2e-2 * max(1, abs(expected)), "\(name): \(slope), and differences give \(expected)")
      if name != "x" { try forward.set(name, to: original) }
    }
  }

  @Test(.enabled(if: Backends.all.contains { $0.name == "onednn" }, "oneDNN is not in this build"))
  func reordersAreFewAndOnlyWhereOrdersDiffer() throws {
    let backend = try #require(Backends.all.first { $0.name == "onednn" })
    func arena(_ network: Network) throws -> (plain: Int, laidOut: Int) {
      let plan = try Plan(network.graph, feeds: Self.feeds)
      return (plan.arenaByteCount, plan.laidOut(for: backend).arenaByteCount)
    }
    // One copy of x, and one of the pooled map in front of Flatten: neither at the peak.
    let block = try arena(Self.networks[0])
    #expect(block.laidOut <= block.plain + 2 * 3 * 36 * 4)
    #expect(
      try Plan(Self.networks[0].graph, feeds: Self.feeds).laidOut(for: ReferenceBackend()).arenaByteCount == block.plain
    )
  }

  /// Channels picked from a map that lies channels last: the copy of a copy is the one of the plain kernel.
  @Test(arguments: Backends.all, [0, 24])
  func channelsArePickedInAnyOrder(backend: any Backend, size: Int) throws {
    var generator = SeededGenerator(seed: 3)
    let x = Tensor.random([2, 8, 6 + size, 6 + size], &generator)
    let graph = Graph(
      nodes: [
        Node(Conv.name, ["x", "w"], ["c"], Self.window), Node(Gather.name, ["c", "i"], ["g"], ["axis": .int(1)]),
        Node(Conv.name, ["g", "v"], ["y"], Self.window), Node(SquaredNorm.name, ["g"], ["norm"]),
        Node(SumToShape.name, ["g"], ["sum"], ["shape": .ints([1, 5, Int64(6 + size), Int64(6 + size)])]),
      ], inputs: [ValueInfo("x")], outputs: ["y", "norm", "sum"].map { ValueInfo($0) },
      constants: [
        "w": .random([16, 8, 3, 3], &generator), "v": .random([4, 5, 3, 3], &generator),
        "i": Tensor(shape: [5], [3, -1, 15, 0, 7] as [Int64]),
      ])
    let expected = try interpret(graph, ["x": x])
    let session = try Session(Plan(graph, feeds: ["x": TensorType(of: x)]), on: backend)
    for (name, value) in try session.run(["x": x]) { #expect(value.distance(from: expected[name]!) < 2e-4, "\(name)") }
  }
}
