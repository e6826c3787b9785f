import EspalierEngine
import EspalierFiles
import EspalierGraph
import EspalierLinearAlgebra
import EspalierOperators
import EspalierPruning
import EspalierTensors
import EspalierTestSupport
import Testing

/// Methods that score each unit alone, against plain loops over weights and activations of small networks.
struct ScoreMethodTests {
  /// A network with one group, its statistics, and the values that reach the layer behind the group: by sample and
  /// position, one for each of the layer's input channels.
  private struct Case {
    let graph: Graph
    let group: PruningGroup
    let problem: SelectionProblem
    let hidden: [Double]
    let shape: Shape

    init(_ graph: Graph, _ id: String, _ data: InMemoryCalibration) throws {
      let calibrated = try CalibratedNetwork(graph, for: PruningRequest(keeping: 1, only: [id]), calibration: data)
      self.graph = graph
      group = calibrated.targets[0]
      problem = calibrated.problems[0]
      let value = group.consumers[0].activation.value
      let hidden = try graph.value(value, for: data.inputs)
      (self.hidden, shape) = (hidden.doubles()!, hidden.shape)
    }

    /// The values of one channel of the activation.
    func values(_ channel: Int) -> [Double] {
      let inner = shape.dropFirst(2).reduce(1, *)
      return (0..<shape[0]).flatMap { sample in
        (0..<inner).map { hidden[(sample * shape[1] + channel) * inner + $0] }
      }
    }

    /// The channels of each unit in the activation.
    var channels: [[Int]] { group.elements[group.consumers[0].activation]! }
  }

  private func cases() throws -> [Case] {
    var networks = SmallNetworks(seed: 5)
    let dense = try Case(networks.multilayerPerceptron([5, 12, 4]), "fc1", networks.calibration([40, 5]))
    var plain = ConvolutionalNetworks.residual(seed: 6)
    let convolution = try Case(plain.graph, "a.conv1", plain.calibration(6))
    var network = PieceByPiece(seed: 7, channels: 3)
    network.convolution("first", 12)
    network.rectify()
    network.convolution("grouped", 4, kernel: 3, groups: 2)
    network.finish()
    let grouped = try Case(network.graph, "first", networks.calibration([9, 3, 4, 4]))
    return [dense, convolution, grouped]
  }

  /// Expects `method` to keep the units with the largest `scores`, at every size.
  private func expect(
    _ method: some SelectionMethod, _ problem: SelectionProblem, keeps scores: [Double],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let order = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
    for count in 1...scores.count {
      #expect(
        method.select(count, of: problem).kept == order.prefix(count).sorted(), "\(count)",
        sourceLocation: sourceLocation)
    }
  }

  @Test func distancesFromAllOtherFilters() throws {
    for entry in try cases() {
      let filters = Array(entry.problem.producerWeights)
      let scores = filters.map { own in
        filters.reduce(0) { $0 + zip(own, $1).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot() }
      }
      expect(GeometricMedian(), entry.problem, keeps: scores)
    }
  }

  @Test func meansOfActivations() throws {
    for entry in try cases() {
      let scores = entry.channels.map { own in
        let values = own.flatMap(entry.values)
        return values.reduce(0) { $0 + abs($1) } / Double(values.count)
      }
      expect(ActivationMean(), entry.problem, keeps: scores)
    }
  }

  @Test func weightsTimesNormsOfInputs() throws {
    let entry = try cases()[0]
    let weight = entry.graph.constants["fc2.weight"]!.doubles()!
    let scores = (0..<12).map { unit in
      let norm = entry.values(unit).reduce(0) { $0 + $1 * $1 }.squareRoot()
      return (0..<4).reduce(0) { $0 + abs(weight[$1 * 12 + unit]) * norm }
    }
    expect(Wanda(), entry.problem, keeps: scores)
  }

  @Test func weightsTimesNormsOfUnfoldedInputs() throws {
    // A convolution of one element reads every position once; in groups, each output its own channels.
    var network = PieceByPiece(seed: 8, channels: 3)
    network.convolution("first", 12)
    network.rectify()
    network.convolution("grouped", 6, groups: 2)
    network.finish()
    var networks = SmallNetworks(seed: 9)
    let entry = try Case(network.graph, "first", networks.calibration([9, 3, 4, 4]))
    let weight = network.graph.constants["grouped.weight"]!.doubles()!
    let scores = entry.channels.map { own in
      own.reduce(0) { sum, channel in
        let norm = entry.values(channel).reduce(0) { $0 + $1 * $1 }.squareRoot()
        let outputs = channel / 6 * 3..<channel / 6 * 3 + 3
        return outputs.reduce(sum) { $0 + abs(weight[$1 * 6 + channel % 6]) * norm }
      }
    }
    #expect(entry.channels.allSatisfy { $0.count == 2 })
    expect(Wanda(), entry.problem, keeps: scores)
  }

  @Test func factorsOfBatchNormalisations() throws {
    var network = ConvolutionalNetworks.residual(seed: 10)
    let data = network.calibration(4)
    let calibrated = try CalibratedNetwork(
      network.graph, for: PruningRequest(keeping: 1, scope: .all), calibration: data)
    for (group, problem) in zip(calibrated.targets, calibrated.problems) {
      let scales = try group.producers.map { layer in
        let name = layer.label == "stem" ? "stem" : layer.label
        return try #require(network.graph.constants["\(name).scale"]?.doubles())
      }
      let scores = (0..<group.size).map { unit in scales.reduce(0) { $0 + abs($1[unit]) } }
      expect(NormalizationScale(), problem, keeps: scores)
    }
    #expect(calibrated.targets.contains { $0.producers.count == 2 }, "no group has two normalisations")
  }

  @Test func withoutBatchNormalisationTheGroupIsNamed() throws {
    var networks = SmallNetworks(seed: 11)
    let graph = networks.multilayerPerceptron([5, 8, 4])
    let data = networks.calibration([20, 5])
    for order in [PruningRequest.Order.sequential, .oneShot] {
      let error = dataError { () throws(EspalierError) in
        try graph.pruned(
          PruningRequest(keeping: 0.5, method: NormalizationScale(), order: order), calibration: data)
      }
      #expect(error?.kind == .refusal && error?.description.contains("group \"fc1\"") == true)
    }
    _ = try graph.pruned(PruningRequest(keeping: 1, method: NormalizationScale()), calibration: data)
  }

  @Test func unitsAreSharedByScore() throws {
    var networks = SmallNetworks(seed: 12)
    let graph = networks.multilayerPerceptron([6, 20, 14, 9, 4])
    let data = networks.calibration([60, 6])
    // Every unit with its score, by the definition.
    var scores: [(score: Double, group: String)] = []
    for (layer, size) in [("fc1", 20), ("fc2", 14), ("fc3", 9)] {
      let weight = graph.constants["\(layer).weight"]!.doubles()!
      let width = weight.count / size
      let squares = (0..<size).map { unit in
        (0..<width).reduce(0) { $0 + weight[unit * width + $1] * weight[unit * width + $1] }
      }
      for own in squares { scores.append((own / squares.filter { $0 >= own }.reduce(0, +), layer)) }
    }
    let kept = scores.sorted { $0.score > $1.score }.prefix(10 + 7 + 4)
    for order in [PruningRequest.Order.sequential, .oneShot] {
      let request = PruningRequest(keeping: 0.5, method: LayerAdaptiveMagnitude(), order: order)
      let result = try graph.pruned(request, calibration: data)
      let counts = Dictionary(uniqueKeysWithValues: result.groups.map { ($0.group.id, $0.selection.kept.count) })
      for layer in ["fc1", "fc2", "fc3"] { #expect(counts[layer] == kept.count { $0.group == layer }, "\(layer)") }
      #expect(counts != ["fc1": 10, "fc2": 7, "fc3": 4], "nothing was shared")
    }
    var named = PruningRequest(keeping: 0.5, method: LayerAdaptiveMagnitude())
    named.fractions["fc1"] = 0.25
    #expect(try graph.pruned(named, calibration: data).groups[0].selection.kept.count == 5)
  }
}

extension Graph {
  /// The value called `name` for these inputs.
  func value(_ name: String, for inputs: [String: Tensor]) throws -> Tensor {
    try Session(Plan(self, feeds: inputs.mapValues(TensorType.init(of:)), results: [name])).run(inputs)[name]!
  }
}
