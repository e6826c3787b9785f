import EspalierDatasets
import EspalierEngine
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTensors
import EspalierTestSupport
import Foundation
import Testing

/// The gradients at gates against finite differences of networks whose units are multiplied by a factor wherever a
/// layer reads them.
struct GateGradientsTests {
  /// The graph with `unit` of `group` multiplied by `factor` in front of each of its readers.
  private func gated(_ graph: Graph, _ group: PruningGroup, unit: Int, by factor: Float) -> Graph {
    var graph = graph
    for (position, layer) in group.consumers.enumerated() {
      let index = graph.nodes.firstIndex { $0.outputs.first == layer.product }!
      let value = layer.activation.value
      let channels = group.elements[layer.activation]!
      var factors = [Float](repeating: 1, count: channels.joined().max()! + 1)
      for channel in channels[unit] { factors[channel] = factor }
      let inner = Array(repeating: 1, count: layer.activationRank - layer.activation.axis - 1)
      graph.constants["factor \(position)"] = Tensor(shape: Shape([factors.count] + inner), factors)
      graph.nodes[index].inputs = graph.nodes[index].inputs.map { $0 == value ? "gated \(position)" : $0 }
      graph.nodes.insert(Node(Multiply.name, [value, "factor \(position)"], ["gated \(position)"]), at: index)
    }
    return graph
  }

  private func rows(_ graph: Graph, _ inputs: [String: Tensor]) throws -> [[Double]] {
    let output = try graph.value(graph.outputs[0].name, for: inputs)
    let width = output.count / output.shape[0]
    let numbers = output.doubles()!
    return (0..<output.shape[0]).map { Array(numbers[$0 * width..<($0 + 1) * width]) }
  }

  private func logSoftmax(_ logits: [Double]) -> [Double] {
    let top = logits.max()!
    let sum = log(logits.reduce(0) { $0 + exp($1 - top) })
    return logits.map { $0 - top - sum }
  }

  /// For each unit, the sum over samples of the expected square of d/dm of the loss, by central differences.
  private func expected(
    _ graph: Graph, _ group: PruningGroup, _ inputs: [String: Tensor], labels: [Int]? = nil
  ) throws -> [Double] {
    let step: Float = 1 / 512
    let middle = try rows(graph, inputs).map(logSoftmax)
    return try (0..<group.size).map { unit in
      let above = try rows(gated(graph, group, unit: unit, by: 1 + step), inputs).map(logSoftmax)
      let below = try rows(gated(graph, group, unit: unit, by: 1 - step), inputs).map(logSoftmax)
      return middle.indices.reduce(0) { sum, sample in
        let slopes = zip(above[sample], below[sample]).map { ($0 - $1) / Double(2 * step) }
        if let labels { return sum + slopes[labels[sample]] * slopes[labels[sample]] }
        return sum + zip(middle[sample], slopes).reduce(0) { $0 + exp($1.0) * $1.1 * $1.1 }
      }
    }
  }

  /// Dense, convolutional (with a branch around two convolutions, whose units are read at two depths) and grouped.
  private func networks() throws -> [(graph: Graph, shape: Shape)] {
    var networks = SmallNetworks(seed: 3)
    var dense = networks.multilayerPerceptron([5, 7, 6, 3])
    dense.scaleWeights(by: 0.4)
    var residual = ConvolutionalNetworks.residual(seed: 4).graph
    residual.constants["head.weight"]!.scale(by: 0.3)
    var network = PieceByPiece(seed: 5, channels: 3)
    network.convolution("first", 8)
    network.rectify()
    network.convolution("grouped", 4, kernel: 3, groups: 2)
    network.rectify()
    network.classify()
    var grouped = network.graph
    grouped.scaleWeights(by: 0.4)
    return [(dense, [5]), (residual, [3, 8, 8]), (grouped, [3, 4, 4])]
  }

  @Test func labelsGiveTheSquaresOfSlopes() throws {
    for (graph, shape) in try networks() {
      var networks = SmallNetworks(seed: 6)
      let inputs = networks.tensor(Shape([10] + shape))
      let classes = try graph.value(graph.outputs[0].name, for: ["input": inputs]).shape[1]
      let labels = (0..<10).map { $0 % classes }
      let data = try DatasetCalibration(InMemoryDataset(inputs: inputs, labels: labels), for: graph)
      let groups = try graph.pruningGroups().filter(\.isPrunable)
      for backend in Backends.all {
        let gates = try GateGradients(of: .labels, in: graph, groups, on: data, batchSize: 4, backend: backend)
        for group in groups {
          let slopes = try expected(graph, group, ["input": inputs], labels: labels)
          let difference = relativeDifference(gates.sums[group.id]!, slopes)
          #expect(difference < 0.02, "\(group.id) on \(backend.name): \(difference)")
        }
      }
    }
  }

  @Test func ownAnswersGiveTheFisherInformation() throws {
    for (graph, shape) in try networks() {
      var networks = SmallNetworks(seed: 7)
      let inputs = networks.tensor(Shape([6] + shape))
      // The same samples over and over, each time with other directions: their mean is the expectation.
      let times = 2000
      let many = inputs.taking((0..<6 * times).map { $0 % 6 }, along: 0)
      let groups = try graph.pruningGroups().filter(\.isPrunable)
      let gates = try GateGradients(
        of: .output, in: graph, groups, on: InMemoryCalibration(["input": many]), batchSize: 1000)
      for group in groups {
        let fisher = try expected(graph, group, ["input": inputs])
        let found = gates.sums[group.id]!.map { $0 / Double(times) }
        #expect(relativeDifference(found, fisher) < 0.08, "\(group.id): \(found) for \(fisher)")
      }
    }
  }

  @Test func otherOutputsAreJudgedByTheirRelativeError() throws {
    // A sequence of rows is no classification: L = || y - y' ||^2 / || y ||^2, and a reader is a plain matrix.
    var networks = SmallNetworks(seed: 8)
    var graph = Graph(inputs: [ValueInfo("input", .float32, [.symbolic("N"), .fixed(3), .fixed(4)])])
    graph.constants = ["a": networks.tensor([4, 6]), "b": networks.tensor([6, 5])]
    graph.nodes = [
      Node("MatMul", name: "first", ["input", "a"], ["u"]), Node("Relu", ["u"], ["h"]),
      Node("MatMul", name: "second", ["h", "b"], ["output"]),
    ]
    graph.outputs = [ValueInfo("output", .float32, [.symbolic("N"), .fixed(3), .fixed(5)])]
    let groups = try graph.pruningGroups().filter(\.isPrunable)
    let inputs = ["input": networks.tensor([1, 3, 4])]
    let (hidden, output) = (try graph.value("h", for: inputs).doubles()!, try graph.value("output", for: inputs))
    let weight = graph.constants["b"]!.doubles()!
    let energy = output.doubles()!.reduce(0) { $0 + $1 * $1 }
    let contributions = (0..<6).map { unit in
      (0..<3).reduce(0) { sum, position in
        (0..<5).reduce(sum) { $0 + pow(hidden[position * 6 + unit] * weight[unit * 5 + $1], 2) }
      } / energy
    }
    let many = inputs["input"]!.taking(Array(repeating: 0, count: 4000), along: 0)
    let gates = try GateGradients(
      of: .output, in: graph, groups, on: InMemoryCalibration(["input": many]), batchSize: 4000)
    #expect(relativeDifference(gates.sums[groups[0].id]!.map { $0 / 4000 }, contributions) < 0.1)
  }

  @Test func aSoftmaxAtTheEndIsLeftOut() throws {
    var networks = SmallNetworks(seed: 9)
    var graph = networks.multilayerPerceptron([5, 7, 3])
    let data = networks.calibration([50, 5])
    let groups = try graph.pruningGroups().filter(\.isPrunable)
    let plain = try GateGradients(of: .output, in: graph, groups, on: data, batchSize: 16)
    graph.nodes.append(Node(Softmax.name, [graph.outputs[0].name], ["probabilities"], ["axis": .int(-1)]))
    graph.outputs = [ValueInfo("probabilities", .float32, [.symbolic("batch"), .fixed(3)])]
    let ending = try GateGradients(of: .output, in: graph, groups, on: data, batchSize: 16)
    #expect(plain.sums == ending.sums)
  }

  @Test(arguments: [PruningRequest.Order.sequential, .oneShot])
  func prunedByTheGradientsOfTheDenseNetwork(_ order: PruningRequest.Order) throws {
    var networks = SmallNetworks(seed: 10)
    let graph = networks.multilayerPerceptron([5, 12, 9, 4])
    let inputs = networks.tensor([64, 5])
    let data = try DatasetCalibration(
      InMemoryDataset(inputs: inputs, labels: (0..<64).map { $0 % 4 }), for: graph)
    for method in [OutputFisher(), Taylor()] as [any SelectionMethod] {
      let request = PruningRequest(keeping: 0.5, method: method, order: order)
      let result = try graph.pruned(request, calibration: data)
      let gates = try GateGradients(
        of: method.gateLoss!, in: graph, result.groups.map(\.group), on: data, batchSize: 1024)
      for entry in result.groups {
        let scores = gates.sums[entry.group.id]!
        let best = scores.indices.sorted { scores[$0] > scores[$1] }.prefix(entry.selection.kept.count).sorted()
        #expect(entry.selection.kept == best, "\(method.identifier)")
      }
      var calibrated = try CalibratedNetwork(graph, for: request, calibration: data)
      let once = try calibrated.pruned(request).groups.map(\.selection.kept)
      try calibrated.measureGates(method.gateLoss!)
      #expect(once == result.groups.map(\.selection.kept))
      #expect(try calibrated.pruned(request).groups.map(\.selection.kept) == once)
    }
  }

  @Test func withoutADerivativeFisherRefuses() throws {
    var networks = SmallNetworks(seed: 12)
    var graph = networks.multilayerPerceptron([5, 8, 4])
    graph.constants["divisor"] = Tensor(scalar: Float(2))
    graph.nodes.append(
      Node(Modulo.name, [graph.outputs[0].name, "divisor"], ["remainder"], ["fmod": .int(1)]))
    graph.outputs = [ValueInfo("remainder", .float32, [.symbolic("batch"), .fixed(4)])]
    let data = networks.calibration([20, 5])
    let error = dataError { () throws(EspalierError) in
      try graph.pruned(PruningRequest(keeping: 0.5, method: OutputFisher()), calibration: data)
    }
    #expect(error?.kind == .refusal && error?.description.contains("has no derivative") == true)
    #expect(error?.description.contains("choose a method that needs none") == true)
  }

  @Test func withoutLabelsTaylorRefuses() throws {
    var networks = SmallNetworks(seed: 11)
    let graph = networks.multilayerPerceptron([5, 8, 4])
    let data = networks.calibration([20, 5])
    let error = dataError { () throws(EspalierError) in
      try graph.pruned(PruningRequest(keeping: 0.5, method: Taylor()), calibration: data)
    }
    #expect(error?.kind == .refusal && error?.description.contains("has no labels") == true)
    #expect(error?.description.contains("fisher") == true)
    let labels = try DatasetCalibration(
      InMemoryDataset(inputs: networks.tensor([6, 5]), labels: [0, 1, 2, 3, 4, 5]), for: graph)
    let misfit = dataError { () throws(EspalierError) in
      try graph.pruned(PruningRequest(keeping: 0.5, method: Taylor()), calibration: labels)
    }
    #expect(misfit?.kind == .model && misfit?.description.contains("6 classes") == true)
  }
}

extension Graph {
  /// Multiplies all weights by `factor`, so that answers are not too sure.
  fileprivate mutating func scaleWeights(by factor: Float) {
    for name in Array(constants.keys) where name.hasSuffix("weight") { constants[name]!.scale(by: factor) }
  }
}

extension Tensor {
  fileprivate mutating func scale(by factor: Float) {
    withMutableElements(as: Float.self) { elements in
      for index in elements.indices { elements[index] *= factor }
    }
  }
}
