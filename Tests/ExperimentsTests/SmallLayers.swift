import EspalierArchitectures
import EspalierEngine
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTensors
import Testing

/// A layer of a small network with inputs for it: dense, convolutional, and the two kinds of an encoder.
struct SmallLayer: CustomTestStringConvertible {
  let testDescription: String
  let graph: Graph
  let group: PruningGroup
  let inputs: [String: Tensor]

  static let all = ["dense", "convolution", "ffn", "heads"]

  init(_ name: String) throws {
    testDescription = name
    let graph: Graph
    var scope = PruningRequest.Scope.inner
    switch name {
    case "dense":
      graph = MultilayerPerceptron(widths: [6, 9, 4])!.model(seed: 3).graph
      inputs = ["input": Self.random([24, 6])]
    case "convolution":
      graph = LeNet(classes: 4, imageSize: 16)!.model(seed: 3).graph
      inputs = [graph.feeds[0].name: Self.random([12, 1, 16, 16])]
    default:
      var network = BERT()
      (network.layers, network.hiddenSize, network.heads, network.intermediateSize) = (1, 12, 6, 9)
      (network.vocabularySize, network.places, network.deviation) = (30, 16, 0.4)
      graph = try network.model(.classification(labels: 3), seed: 3).model.graph
      scope = name == "ffn" ? .ffn : .heads
      inputs = Self.texts(8, length: 7)
    }
    self.graph = try graph.preparedForPruning()
    let targets = try PruningRequest(keeping: 1, scope: scope).targets(among: self.graph.pruningGroups())
    group = targets[0]
  }

  var data: InMemoryCalibration { InMemoryCalibration(inputs) }

  /// The problem of the layer, from statistics.
  func problem() throws -> SelectionProblem {
    let request = PruningRequest(keeping: 1, only: [group.id], scope: .all)
    return try CalibratedNetwork(graph, for: request, calibration: data).problems[0]
  }

  /// The values called `names`, of the network in which the units that are not in `kept` are masked.
  func values(_ names: [String], keeping kept: [Int]? = nil) throws -> [String: Tensor] {
    let network = kept.map { graph.masking([group], keeping: [group.id: $0]) } ?? graph
    let plan = try Plan(network, feeds: inputs.mapValues(TensorType.init(of:)), results: names)
    return try Session(plan).run(inputs)
  }

  /// `|| U - U_S ||^2` of these values, by running the masked network.
  func residual(_ names: [String], keeping kept: [Int]) throws -> Double {
    let (dense, masked) = (try values(names), try values(names, keeping: kept))
    return names.reduce(0) { sum, name in
      zip(dense[name]!.floats()!, masked[name]!.floats()!).reduce(sum) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
    }
  }

  private static func random(_ shape: Shape) -> Tensor {
    var generator = SeededGenerator(seed: 4)
    return Tensor(shape: shape, (0..<shape.elementCount).map { _ in Float(generator.normal()) })
  }

  private static func texts(_ count: Int, length: Int) -> [String: Tensor] {
    var generator = SeededGenerator(seed: 8)
    let shape: Shape = [count, length]
    return [
      "input_ids": Tensor(shape: shape, (0..<count * length).map { _ in Int64(generator.next() % 30) }),
      "attention_mask": Tensor(repeating: Int64(1), shape: shape),
      "token_type_ids": Tensor(repeating: Int64(0), shape: shape),
    ]
  }
}

/// Greedy selection of `count` of `units` units by `residual`, as simple as it can be; the lower of equal ones.
func naiveGreedy(_ count: Int, of units: Int, _ residual: ([Int]) throws -> Double) rethrows -> [[Int]] {
  var (kept, all) = ([Int](), [[Int]]())
  for _ in 0..<count {
    var best: (unit: Int, residual: Double)?
    for unit in 0..<units where !kept.contains(unit) {
      let value = try residual((kept + [unit]).sorted())
      if value < best?.residual ?? .infinity { best = (unit, value) }
    }
    kept.append(best!.unit)
    all.append(kept.sorted())
  }
  return all
}

/// All subsets of `count` of `units` units.
func subsets(_ count: Int, of units: Int) -> [[Int]] {
  guard count > 0 else { return [[]] }
  return subsets(count - 1, of: units).flatMap { subset in
    ((subset.last ?? -1) + 1..<units).map { subset + [$0] }
  }
}
