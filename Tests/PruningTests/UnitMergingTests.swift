import EspalierGraph
import EspalierLinearAlgebra
import EspalierPruning
import EspalierTensors
import Testing

/// Units that are multiples of others are merged without loss; units are chosen so that the rest lies near them.
struct UnitMergingTests {
  /// Makes unit `second` of the layer that writes `weight` (and `bias`) the multiple `factor` of unit `first`.
  private func copy(_ first: Int, to second: Int, times factor: Float, _ names: [String], in graph: inout Graph) {
    for name in names {
      let width = graph.constants[name]!.count / graph.constants[name]!.shape[0]
      graph.constants[name]!.withMutableElements(as: Float.self) { elements in
        for index in 0..<width { elements[second * width + index] = factor * elements[first * width + index] }
      }
    }
  }

  private func relativeError(_ graph: Graph, _ small: Graph, _ inputs: Tensor) throws -> Double {
    let outputs = try [graph, small].map { try $0.value($0.outputs[0].name, for: ["input": inputs]).doubles()! }
    return relativeDifference(outputs[0], outputs[1])
  }

  @Test(arguments: [PruningRequest.Order.sequential, .oneShot])
  func multiplesAreMergedWithoutLoss(_ order: PruningRequest.Order) throws {
    var networks = SmallNetworks(seed: 2)
    var dense = networks.multilayerPerceptron([5, 6, 3])
    for (first, second) in [(0, 3), (1, 5), (2, 4)] {
      copy(first, to: second, times: 2.5, ["fc1.weight", "fc1.bias"], in: &dense)
    }
    var network = PieceByPiece(seed: 3, channels: 3)
    network.convolution("first", 8)
    network.rectify()
    network.convolution("grouped", 4, kernel: 3, groups: 2)
    network.finish()
    var grouped = network.graph
    // A unit is one channel of each of the two groups: channels 0 and 4, 1 and 5, ...
    for (first, second) in [(0, 2), (4, 6), (1, 3), (5, 7)] {
      copy(first, to: second, times: 0.5, ["first.weight", "first.bias"], in: &grouped)
    }
    for (graph, shape) in [(dense, [200, 5] as Shape), (grouped, [40, 3, 4, 4] as Shape)] {
      let inputs = networks.tensor(shape)
      let request = PruningRequest(keeping: 0.5, method: NearestUnits(), refit: nil, order: order)
      let result = try graph.pruned(request, calibration: InMemoryCalibration(["input": inputs]))
      #expect(result.groups.contains { $0.residual > 0 })
      #expect(try relativeError(graph, result.graph, inputs) < 1e-4)
      #expect(result.verification.holds)
    }
  }

  @Test func mergingIsBetterThanDropping() throws {
    var networks = SmallNetworks(seed: 4)
    let graph = networks.multilayerPerceptron([4, 24, 3])
    let inputs = networks.tensor([300, 4])
    let data = InMemoryCalibration(["input": inputs])
    let request = PruningRequest(keeping: 0.5, method: NearestUnits(), refit: nil)
    let merged = try graph.pruned(request, calibration: data)
    let error = try squaredDifference(graph, merged.graph, inputs)
    #expect(error < 0.8 * merged.groups[0].residual)
    var refitted = request
    refitted.refit = Ridge(1e-6)
    #expect(try squaredDifference(graph, try graph.pruned(refitted, calibration: data).graph, inputs) < error)
  }

  @Test func unitsAreAddedByTheSumOfSimilarities() {
    var generator = SeededGenerator(seed: 5)
    let hidden = Matrix(rows: 8, columns: 100, (0..<800).map { _ in generator.normal() })
    let weight = Matrix(rows: 3, columns: 8, (0..<24).map { _ in generator.normal() })
    let problem = SelectionProblem(
      unitCount: 8,
      consumers: [
        .init(weight: weight, bias: nil, channels: (0..<8).map { [$0] }, statistics: ActivationStatistics(of: hidden))
      ])
    func product(_ a: Int, _ b: Int) -> Double { zip(hidden.row(a), hidden.row(b)).reduce(0) { $0 + $1.0 * $1.1 } }
    func covered(_ kept: [Int]) -> Double {
      (0..<8).reduce(0) { sum, unit in
        let energy = product(unit, unit) * (0..<3).reduce(0) { $0 + weight[$1, unit] * weight[$1, unit] }
        return sum + energy
          * (kept.map { pow2(product(unit, $0)) / (product(unit, unit) * product($0, $0)) }.max() ?? 0)
      }
    }
    func pow2(_ value: Double) -> Double { value * value }
    var kept: [Int] = []
    for count in 1...7 {
      kept.append((0..<8).filter { !kept.contains($0) }.max { covered(kept + [$0]) < covered(kept + [$1]) }!)
      #expect(NearestUnits().select(count, of: problem).kept == kept.sorted())
    }
  }
}
