import EspalierDatasets
import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import EspalierTraining
import Testing

@Suite struct RecalibrationTests {
  @Test(arguments: Backends.all)
  func statisticsAreMeansOverBatches(backend: any Backend) throws {
    let data = try stripes(20)
    // A normalisation of the input itself: its statistics are those of the data.
    var graph = smallConvolutionalNetwork()
    graph.nodes = [
      Node(BatchNormalization.name, ["x", "one", "zero", "mean", "variance"], ["y"])
    ]
    graph.constants = [
      "one": Tensor(repeating: Float(1), shape: [1]), "zero": Tensor(repeating: Float(0), shape: [1]),
      "mean": Tensor(repeating: Float.nan, shape: [1]), "variance": Tensor(repeating: Float(-4), shape: [1]),
    ]
    var told: [Int] = []
    let recalibrated = try graph.recalibrated(on: data, batchSize: 8, backend: backend) { told.append($0) }
    #expect(told == [8, 16, 20])

    let pixels = data.inputs.elements(as: Float.self).map(Double.init)
    var (mean, variance) = (0.0, 0.0)
    for batch in [0..<8, 8..<16, 16..<20] {
      let values = pixels[batch.lowerBound * 36..<batch.upperBound * 36]
      let center = values.reduce(0, +) / Double(values.count)
      mean += center * Double(batch.count) / 20
      variance +=
        values.reduce(0) { $0 + ($1 - center) * ($1 - center) } / Double(values.count) * Double(batch.count) / 20
    }
    #expect(recalibrated.constants["mean"]!.distance(from: Tensor(shape: [1], [Float(mean)])) < 1e-6)
    #expect(recalibrated.constants["variance"]!.distance(from: Tensor(shape: [1], [Float(variance)])) < 1e-6)
    #expect(recalibrated.constants["one"] == graph.constants["one"] && recalibrated.nodes == graph.nodes)
  }

  @Test(arguments: Backends.all)
  func destroyedStatisticsAreRestored(backend: any Backend) throws {
    let data = try stripes(128)
    let options = TrainingOptions(epochs: 6, batchSize: 16, stepSize: 0.05)
    let trained = try Trainer(options, backend: backend).train(smallConvolutionalNetwork(), on: data)
    var destroyed = trained
    for name in destroyed.statisticNames {
      destroyed.constants[name] = Tensor(repeating: Float(30), shape: trained.constants[name]!.shape)
    }
    let restored = try destroyed.recalibrated(on: data, batchSize: 64, backend: backend)
    func accuracy(_ graph: Graph) throws -> Double { try Evaluation(of: graph, on: data, backend: backend).top1 }
    #expect(try accuracy(destroyed) < 0.7)
    #expect(try accuracy(restored) >= accuracy(trained) - 0.02)
    #expect(try restored == trained.recalibrated(on: data, batchSize: 64, backend: backend))
    for name in trained.constants.keys where !trained.statisticNames.contains(name) {
      #expect(restored.constants[name] == trained.constants[name])
    }
  }

  @Test(arguments: Backends.all)
  func inferenceByTheBatchsStatisticsIsTraining(backend: any Backend) throws {
    let (graph, data) = (smallConvolutionalNetwork(), try stripes(32))
    // All data in one batch: stored statistics are then exactly what training mode takes.
    let recalibrated = try graph.recalibrated(on: data, batchSize: 32, backend: backend)
    var training = graph
    for (position, node) in graph.nodes.enumerated() where node.op == BatchNormalization.name {
      training.nodes[position].attributes["training_mode"] = .int(1)
    }
    func output(_ graph: Graph) throws -> Tensor {
      let plan = try Plan(graph, feeds: ["x": TensorType(data.inputs.shape)])
      return try Session(plan, on: backend).run(["x": data.inputs])["y"]!
    }
    #expect(try output(recalibrated).distance(from: output(training)) < 1e-4)
    #expect(try output(graph).distance(from: output(training)) > 0.1)
  }

  @Test func networksWithoutNormalisationAreRefused() throws {
    let error = anyDataError { _ = try smallNetwork().recalibrated(on: separablePoints()) }
    #expect(error?.fault.hasPrefix("has no batch normalisation") == true)
  }
}
