import EspalierEngine
import EspalierGraph
import EspalierInference
import EspalierONNX
import EspalierOperators
import EspalierPruning
import EspalierTensors
import Foundation
import Testing

/// Networks that ONNX Runtime's quantisers wrote with operators of whole numbers: run, written out in real numbers,
/// pruned, and put together again. `Fixtures/make_quantized.py` makes them.
struct WholeNumberTests {
  static let names = ["convolutional", "encoder"].flatMap { name in
    ["tensor", "channel", "dynamic"].map { "\(name)-\($0)" }
  }

  private struct Case {
    let graph: Graph
    let input: Tensor
    let output: Tensor

    init(_ name: String) throws {
      let path = Bundle.module.resourceURL!.appendingPathComponent("quantized/\(name)").path
      graph = try ONNXFile.read(path + ".onnx").graph
      let values = try NPZ.read(path + ".npz")
      (input, output) = (try #require(values["input"]), try #require(values["output"]))
    }

    /// The distance of two values of the result that are one step apart.
    var step: Double {
      get throws {
        if let last = graph.nodes.last(where: { $0.op == DequantizeLinear.name }) {
          return try #require(graph.constants[last.inputs[1]]?.doubles()?.first)
        }
        return try #require(output.doubles()).map(abs).max()! / 255
      }
    }

    func run(_ graph: Graph) throws -> [Double] {
      let plan = try Plan(graph, feeds: ["input": TensorType(of: input)])
      return try #require(try Session(plan).run(["input": input])["output"]?.doubles())
    }
  }

  private func distance(_ first: [Double], _ second: [Double]) -> Double {
    first.count == second.count ? zip(first, second).map { abs($0 - $1) }.max() ?? 0 : .infinity
  }

  /// The operators of whole numbers, one for each node.
  private func operators(_ graph: Graph) -> [String] {
    graph.nodes.filter(Graph.isOfWholeNumbers).map(\.op.description).sorted()
  }

  /// The operators of layers of real numbers.
  private func realLayers(_ graph: Graph) -> [String] {
    graph.nodes.filter { [Conv.name, MatMul.name, Gemm.name].contains($0.op) }.map(\.label)
  }

  @Test(arguments: names) func networksGiveTheNumbersOfONNXRuntime(name: String) throws {
    let example = try Case(name)
    let expected = try #require(example.output.doubles())
    #expect(try distance(example.run(example.graph), expected) <= 1.01 * example.step)
  }

  @Test(arguments: names) func whatIsWrittenOutIsPutTogetherAgain(name: String) throws {
    let example = try Case(name)
    let prepared = try example.graph.preparedForPruning()
    #expect(operators(prepared).isEmpty && !realLayers(prepared).isEmpty)
    #expect(try distance(example.run(prepared), example.run(example.graph)) <= 1.01 * example.step)
    let joined = prepared.restoringDecoders().joiningWholeNumberOperators()
    #expect(operators(joined) == operators(example.graph))
    #expect(realLayers(joined) == realLayers(example.graph))
    for (constant, tensor) in example.graph.constants where !tensor.elementType.isFloatingPoint && tensor.count > 1 {
      #expect(joined.constants[constant] == tensor || tensor.elementType == .int64, "\(constant)")
    }
    #expect(try example.run(joined) == example.run(example.graph))
  }

  @Test(arguments: names) func prunedNetworksEqualMaskedOnesAndStayOfWholeNumbers(name: String) throws {
    let example = try Case(name)
    let prepared = try example.graph.preparedForPruning()
    let groups = try prepared.pruningGroups().filter(\.isPrunable)
    #expect(groups.count >= (name.hasPrefix("encoder") ? 2 : 4), "\(groups.map(\.id))")
    let kept = Dictionary(
      uniqueKeysWithValues: groups.map { group in (group.id, (0..<group.size).filter { $0 % 2 == 1 }) })
    let small = try prepared.pruning(groups, keeping: kept)
    let masked = try example.run(prepared.masking(groups, keeping: kept))
    #expect(try distance(example.run(small), masked) <= 1e-4 * example.step)
    let joined = small.restoringDecoders().joiningWholeNumberOperators()
    #expect(operators(joined) == operators(example.graph) && realLayers(joined) == realLayers(example.graph))
    #expect(try distance(example.run(joined), masked) <= 1.01 * example.step)
    let read = try ONNXFile.decode(try ONNXFile.encode(Model(joined))).graph
    #expect(try example.run(read) == example.run(joined))
    let bytes = { (graph: Graph) in graph.constants.values.reduce(0) { $0 + $1.byteCount } }
    #expect(bytes(joined) < bytes(example.graph))
  }

  @Test(arguments: names) func pruningKeepsTheWeightsOfWhatReadsAGroup(name: String) throws {
    let example = try Case(name)
    let data = InMemoryCalibration(["input": example.input])
    let result = try example.graph.pruned(PruningRequest(keeping: 0.5, scope: .all), calibration: data)
    #expect(result.verification.holds && !result.groups.isEmpty)
    #expect(result.groups.allSatisfy { $0.refittedResidual == nil || $0.group.consumers.isEmpty })
    #expect(operators(result.graph) == operators(example.graph))
    #expect(result.after.parameters < result.before.parameters && result.after.bytes < result.before.bytes)
  }

  @Test func scalesAndZeroPointsOfChannelsGoAlong() throws {
    let example = try Case("convolutional-channel")
    let prepared = try example.graph.preparedForPruning()
    let group = try prepared.prunableGroup("conv2")
    let small = try prepared.pruning([group], keeping: ["conv2": [0, 3, 5]]).restoringDecoders()
      .joiningWholeNumberOperators()
    for (name, axis) in [
      ("conv2.weight_quantized", 0), ("conv2.weight_scale", 0), ("conv2.weight_zero_point", 0),
      ("conv2.bias_quantized", 0), ("conv3.weight_quantized", 1),
    ] {
      let dense = try #require(example.graph.constants[name], "\(name)")
      #expect(small.constants[name] == dense.taking([0, 3, 5], along: axis), "\(name)")
    }
    #expect(small.constants["conv3.weight_scale"] == example.graph.constants["conv3.weight_scale"])
  }
}
