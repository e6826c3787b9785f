import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTensors
import Testing

/// Widths of queries and keys, which are read by no layer but by each other.
struct ValueProductTests {
  private static let inputs: Tensor = {
    var networks = SmallNetworks(seed: 75)
    return networks.tensor([4, 6, 20])
  }()

  private func request(_ method: any SelectionMethod = Automatic()) -> PruningRequest {
    PruningRequest(keeping: 0.5, only: ["q"], method: method, batchSize: 3)
  }

  @Test(arguments: Backends.all) func theInteractionIsThatOfAllPairsOfPositions(_ backend: any Backend) throws {
    let graph = try FreedGroupTests.network("q-k-width")
    let network = try CalibratedNetwork(
      graph, for: request(), calibration: InMemoryCalibration(["x": Self.inputs]), backend: backend)
    let problem = try #require(network.problems.first)
    #expect(network.targets.map(\.id) == ["q"] && problem.unitCount == 16 && problem.consumers.count == 1)
    let x = try #require(Self.inputs.doubles())
    func projected(_ name: String) throws -> [[Double]] {
      let weight = try #require(graph.constants["\(name).weight"]?.doubles())
      var result = Array(repeating: [Double](repeating: 0, count: 16), count: 24)
      for row in 0..<24 {
        for unit in 0..<16 {
          for input in 0..<20 { result[row][unit] += x[row * 20 + input] * weight[input * 16 + unit] }
        }
      }
      return result
    }
    let (queries, keys) = (try projected("q"), try projected("k"))
    var (expected, sizes) = ([Double](repeating: 0, count: 256), [Double](repeating: 0, count: 16))
    for sample in 0..<4 {
      for i in sample * 6..<sample * 6 + 6 {
        for j in sample * 6..<sample * 6 + 6 {
          let products = zip(queries[i], keys[j]).map(*)
          for one in 0..<16 {
            sizes[one] += abs(products[one])
            for other in 0..<16 { expected[one * 16 + other] += products[one] * products[other] }
          }
        }
      }
    }
    #expect(relativeDifference(try #require(problem.interaction).elements, expected) < 1e-5)
    #expect(relativeDifference(problem.hiddenSize, sizes) < 1e-5)
    #expect(problem.consumers[0].statistics.count == 4 * 36)
  }

  @Test(arguments: SelectionMethods.general.map(\.identifier), [PruningRequest.Order.sequential, .oneShot])
  func queriesAndKeysLoseTheSameColumns(_ method: String, _ order: PruningRequest.Order) throws {
    let graph = try FreedGroupTests.network("q-k-width")
    var request = request(try #require(SelectionMethods.general.first { $0.identifier == method }))
    request.order = order
    let result = try graph.pruned(request, calibration: InMemoryCalibration(["x": Self.inputs]))
    let kept = try #require(result.groups.first).selection.kept
    #expect(result.verification.holds && kept.count == 8 && result.groups[0].group.kind == nil)
    for name in ["q.weight", "k.weight"] {
      #expect(result.graph.constants[name] == graph.constants[name]?.taking(kept, along: 1))
    }
    #expect(result.graph.constants["v.weight"] == graph.constants["v.weight"])
    #expect(result.groups[0].residual > 0 && result.groups[0].refittedResidual == nil)
  }

  @Test func aScaleComputedFromTheWidthStaysWhatItWas() throws {
    // Scores over the root of the keys' size, read off their shape.
    var graph = try FreedGroupTests.network("q-k-width")
    let scores = try #require(graph.nodes.firstIndex { $0.outputs == ["s"] })
    graph.nodes[scores].outputs = ["raw"]
    graph.constants["last"] = Tensor(scalar: Int64(-1))
    graph.nodes.insert(
      contentsOf: [
        Node("Shape", ["q"], ["sizes"]), Node("Gather", ["sizes", "last"], ["width"]),
        Node("Cast", ["width"], ["number"], ["to": .int(1)]), Node("Sqrt", ["number"], ["root"]),
        Node("Div", ["raw", "root"], ["s"]),
      ], at: scores + 1)
    let result = try graph.pruned(request(), calibration: InMemoryCalibration(["x": Self.inputs]))
    #expect(result.verification.holds && result.groups[0].selection.kept.count == 8)
  }
}
