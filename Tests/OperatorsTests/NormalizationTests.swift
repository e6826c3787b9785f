import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierInference
import EspalierKernels
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import Foundation
import OrderedCollections
import Testing

/// Compares normalisations with their formulas in double precision.
@Suite struct NormalizationTests {
  @Test(arguments: Backends.all)
  func batchNormalizationFollowsItsFormula(backend: any Backend) throws {
    var generator = SeededGenerator(seed: 1)
    for shape: Shape in [[2, 3], [2, 3, 4], [2, 3, 2, 5]] {
      let x = Tensor.random(shape, &generator)
      let (scale, bias, mean) = (
        Tensor.random([3], &generator), Tensor.random([3], &generator), Tensor.random([3], &generator)
      )
      let variance = Tensor(shape: [3], [0.5, 1, 4] as [Float])
      let parameters = [scale, bias, mean, variance].map(Naive.init)
      let source = Naive(x)
      let expected = Tensor(shape) { position in
        let values = parameters.map { Double($0[[position[1]]]) }
        return Float(values[0] * (Double(source[position]) - values[2]) / (values[3] + 0.01).squareRoot() + values[1])
      }
      let actual = try run(
        BatchNormalization.name, [x, scale, bias, mean, variance], ["epsilon": .float(0.01)], on: backend)
      #expect(actual.distance(from: expected) < 1e-6)
    }
  }

  @Test(arguments: Backends.all, [0, 0.9] as [Float])
  func trainingTakesTheStatisticsOfTheBatch(backend: any Backend, momentum: Float) throws {
    var generator = SeededGenerator(seed: 4)
    for shape: Shape in [[5, 3], [2, 3, 4], [3, 3, 2, 5]] {
      let source = Tensor.random(shape, &generator).elements(as: Float.self)
      // Far from 0, where single precision would lose the variance.
      let x = Tensor(shape: shape, source.map { $0 + 100 })
      let stored = (0..<4).map { _ in Tensor.random([3], &generator) }
      let feeds = ["x": x, "scale": stored[0], "bias": stored[1], "mean": stored[2], "variance": stored[3]]
      let graph = Graph(
        nodes: [
          Node(
            BatchNormalization.name, ["x", "scale", "bias", "mean", "variance"], ["y", "means", "variances"],
            ["training_mode": .int(1), "momentum": .float(momentum)])
        ],
        inputs: feeds.keys.map { ValueInfo($0) }, outputs: ["y", "means", "variances"].map { ValueInfo($0) })
      let plan = try Plan(graph, feeds: feeds.mapValues { TensorType(of: $0) })
      let results = try Session(plan, on: backend).run(feeds)

      let naive = Naive(x)
      let channels = (0..<3).map { channel in x.shape.positions.filter { $0[1] == channel }.map { Double(naive[$0]) } }
      let means = channels.map { $0.reduce(0, +) / Double($0.count) }
      let variances = zip(channels, means).map { values, mean in
        values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      }
      let vectors = stored.map { $0.elements(as: Float.self).map(Double.init) }
      let expected = Tensor(shape) { position in
        let c = position[1]
        let normalized = (Double(naive[position]) - means[c]) / (variances[c] + 1e-5).squareRoot()
        return Float(vectors[0][c] * normalized + vectors[1][c])
      }
      #expect(results["y"]!.distance(from: expected) < 1e-3)
      func moved(_ stored: [Double], _ batch: [Double]) -> Tensor {
        Tensor([3]) { Float(Double(momentum) * stored[$0[0]] + Double(1 - momentum) * batch[$0[0]]) }
      }
      #expect(results["means"]!.distance(from: moved(vectors[2], means)) < 1e-4)
      #expect(results["variances"]!.distance(from: moved(vectors[3], variances)) < 1e-5)
    }
  }

  @Test func withoutMomentumWhatWasStoredDoesNotMatter() throws {
    let stored = Tensor(shape: [1], [Float.nan])
    let feeds = [
      "x": Tensor(shape: [2, 1], [1, 3] as [Float]), "one": Tensor(shape: [1], [1 as Float]), "nan": stored,
    ]
    let graph = Graph(
      nodes: [
        Node(
          BatchNormalization.name, ["x", "one", "one", "nan", "nan"], ["y", "mean", "variance"],
          ["training_mode": .int(1), "momentum": .float(0)])
      ],
      inputs: feeds.keys.map { ValueInfo($0) }, outputs: ["mean", "variance"].map { ValueInfo($0) })
    let plan = try Plan(graph, feeds: feeds.mapValues { TensorType(of: $0) })
    let results = try Session(plan, on: ReferenceBackend()).run(feeds)
    #expect(results["mean"]?.elements(as: Float.self) == [2])
    #expect(results["variance"]?.elements(as: Float.self) == [1])
  }

  @Test func trainingWithoutTheAttributeIsRefused() throws {
    let inputs = ["x", "s", "b", "m", "v"]
    let graph = Graph(
      nodes: [Node(BatchNormalization.name, name: "n", inputs, ["y", "mean", "variance"])],
      inputs: inputs.map { ValueInfo($0) }, opsets: ["": 9])
    var feeds = Dictionary(uniqueKeysWithValues: inputs.map { ($0, TensorType([3])) })
    feeds["x"] = TensorType([2, 3, 4])
    let error = anyDataError { _ = try TypeInference(graph, feeds: feeds) }
    #expect(error?.fault == "has several outputs without the attribute training_mode")
  }

  /// Groups of channels normalised; scale and bias are of `parameters` elements.
  private func normalized(_ x: Tensor, _ scale: Tensor, _ bias: Tensor, groups: Int, epsilon: Double) -> Tensor {
    let (source, scales, biases) = (Naive(x), Naive(scale), Naive(bias))
    let channels = x.shape[1]
    func group(_ position: [Int]) -> Int { position[1] * groups / channels }
    return Tensor(x.shape) { position in
      let others = x.shape.positions.filter { $0[0] == position[0] && group($0) == group(position) }
      let values = others.map { Double(source[$0]) }
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      let parameter = [position[1] * scale.count / channels]
      return Float(
        Double(scales[parameter]) * (Double(source[position]) - mean) / (variance + epsilon).squareRoot()
          + Double(biases[parameter]))
    }
  }

  @Test(arguments: Backends.all)
  func groupsAreNormalisedBySample(backend: any Backend) throws {
    var generator = SeededGenerator(seed: 2)
    let x = Tensor.random([2, 4, 3, 2], &generator)
    for (op, opset, groups, parameters) in [
      (InstanceNormalization.name, 17, 4, 4), (GroupNormalization.name, 18, 2, 2), (GroupNormalization.name, 21, 2, 4),
      (GroupNormalization.name, 21, 1, 4),
    ] {
      let (scale, bias) = (Tensor.random([parameters], &generator), Tensor.random([parameters], &generator))
      var attributes: OrderedDictionary<String, Attribute> = ["epsilon": .float(0.25)]
      if op == GroupNormalization.name { attributes["num_groups"] = .int(Int64(groups)) }
      let actual = try run(op, [x, scale, bias], attributes, opset: opset, on: backend)
      let expected = normalized(x, scale, bias, groups: groups, epsilon: 0.25)
      #expect(actual.distance(from: expected) < 1e-5, "\(op) \(opset) \(groups)")
    }
  }

  @Test(arguments: Backends.all, [1, 2, 3, 4, 9])
  func responsesAreOfNeighbouringChannels(backend: any Backend, size: Int) throws {
    var generator = SeededGenerator(seed: 3)
    let x = Tensor.random([2, 5, 3], &generator)
    let source = Naive(x)
    let expected = Tensor(x.shape) { position in
      let first = position[1] - Int(floor(Double(size - 1) / 2))
      let last = position[1] + Int(ceil(Double(size - 1) / 2))
      let squares = (max(0, first)...min(4, last)).map { Double(source[[position[0], $0, position[2]]]) }.map {
        $0 * $0
      }
      let sum = 2 + 0.5 / Double(size) * squares.reduce(0, +)
      return Float(Double(source[position]) / pow(sum, 0.75))
    }
    let actual = try run(
      LRN.name, [x], ["size": .int(Int64(size)), "alpha": .float(0.5), "bias": .float(2)], on: backend)
    #expect(actual.distance(from: expected) < 1e-6)
  }
}
