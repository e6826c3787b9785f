import EspalierDatasets
import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import EspalierTraining
import Testing

/// Networks with batch normalisation are trained.
@Suite struct NormalizedTrainingTests {
  private let options = TrainingOptions(epochs: 8, batchSize: 16, stepSize: 0.05)

  @Test(arguments: Backends.all)
  func aConvolutionalNetworkLearns(backend: any Backend) throws {
    let (graph, data) = (smallConvolutionalNetwork(), try stripes(128))
    let trained = try Trainer(options, backend: backend).train(graph, on: data)
    let (before, after) = (
      try Evaluation(of: graph, on: data, backend: backend), try Evaluation(of: trained, on: data, backend: backend)
    )
    #expect(after.loss < before.loss / 2)
    #expect(after.top1 > 0.9)
    #expect(trained.nodes == graph.nodes && trained.outputs == graph.outputs)
    #expect(trained.constants.keys == graph.constants.keys)
    for name in graph.constants.keys { #expect(trained.constants[name] != graph.constants[name], "\(name)") }
  }

  /// Normalisation of the input itself, whose statistics do not depend on what is learnt.
  private func normalizedInput(momentum: Float) -> Graph {
    Graph(
      nodes: [
        Node(
          BatchNormalization.name, ["x", "scale", "shift", "mean", "variance"], ["n"], ["momentum": .float(momentum)]),
        Node(Gemm.name, ["n", "w"], ["y"]),
      ], inputs: [ValueInfo("x", .float32, [.unknown, .fixed(2)])], outputs: [ValueInfo("y")],
      constants: [
        "scale": Tensor(repeating: Float(1), shape: [2]), "shift": Tensor(repeating: Float(0), shape: [2]),
        "mean": Tensor(shape: [2], [10, 20] as [Float]), "variance": Tensor(shape: [2], [3, 4] as [Float]),
        "w": Tensor(shape: [2, 2], [1, 2, 3, 4] as [Float]),
      ])
  }

  @Test(arguments: Backends.all)
  func runningStatisticsFollowTheBatches(backend: any Backend) throws {
    // Both batches of an epoch have the same statistics, whatever the order.
    let inputs = Tensor(shape: [4, 2], [1, 5, 1, 5, 1, 5, 1, 5] as [Float])
    let data = try InMemoryDataset(inputs: inputs, labels: [0, 1, 0, 1])
    let options = TrainingOptions(epochs: 1, batchSize: 2, stepSize: 0.01, schedule: .constant)
    let trained = try Trainer(options, backend: backend).train(normalizedInput(momentum: 0.75), on: data)
    func followed(_ start: Float, _ batch: Float) -> Float {
      let once = 0.75 * start + 0.25 * batch
      return 0.75 * once + 0.25 * batch
    }
    let means = Tensor(shape: [2], [followed(10, 1), followed(20, 5)])
    let variances = Tensor(shape: [2], [followed(3, 0), followed(4, 0)])
    #expect(trained.constants["mean"]!.distance(from: means) < 1e-6)
    #expect(trained.constants["variance"]!.distance(from: variances) < 1e-6)
  }

  @Test func storedStatisticsStayAsTheyAre() throws {
    let graph = smallConvolutionalNetwork()
    var options = options
    options.epochs = 1
    options.statistics = .stored
    let trained = try Trainer(options).train(graph, on: stripes(64))
    #expect(!graph.statisticNames.isEmpty)
    for name in graph.statisticNames { #expect(trained.constants[name] == graph.constants[name]) }
    #expect(trained.constants["stem.scale"] != graph.constants["stem.scale"])
    #expect(trained.constants["stem.w"] != graph.constants["stem.w"])
  }

  @Test func onlyParametersThatActAreTrained() throws {
    var graph = smallConvolutionalNetwork()
    // A second head that the first output, which is trained, does not read.
    graph.constants["head.w"] = Tensor(shape: [4, 2], [Float](repeating: 1, count: 8))
    graph.nodes.append(Node(MatMul.name, ["flat", "head.w"], ["second"]))
    graph.outputs.append(ValueInfo("second"))
    var options = options
    options.epochs = 1
    let trained = try Trainer(options).train(graph, on: stripes(32))
    #expect(trained.constants["head.w"] == graph.constants["head.w"])
    #expect(trained.constants["fc.w"] != graph.constants["fc.w"])
  }

  @Test func statisticsThatAFileStoresOnceAreEachLayersOwn() throws {
    var graph = smallConvolutionalNetwork(width: 4)
    // As exporters do: equal vectors are stored once.
    for (position, node) in graph.nodes.enumerated() where node.op == BatchNormalization.name {
      graph.nodes[position].inputs.replaceSubrange(
        1..., with: ["stem.scale", "stem.shift", "stem.shift", "stem.scale"])
    }
    var options = options
    options.epochs = 1
    let trained = try Trainer(options).train(graph, on: stripes(32))
    let vectors = trained.nodes.filter { $0.op == BatchNormalization.name }.flatMap { $0.inputs.dropFirst() }
    #expect(Set(vectors).count == 12)
    #expect(Set(vectors.map { trained.constants[$0]! }).count == 12)
  }
}
