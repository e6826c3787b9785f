import EspalierDatasets
import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierONNX
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import EspalierTraining
import Foundation
import Testing

/// Two steps of training a network with batch normalisation against PyTorch's; `Fixtures/make_fixtures.py` wrote them.
@Suite struct PyTorchStepTests {
  @Test(arguments: Backends.all)
  func parametersAndStatisticsAreThoseOfPyTorch(backend: any Backend) throws {
    func path(_ name: String) -> String {
      Bundle.module.resourceURL!.appendingPathComponent("training-step/\(name)").path
    }
    let graph = try ONNXFile.read(path("network.onnx")).graph
    let expected = try NPZ.read(path("expected.npz"))
    let labels = try #require(expected["labels"]?.integers())
    let data = try InMemoryDataset(inputs: #require(expected["x"]), labels: labels)
    let options = TrainingOptions(
      epochs: 2, batchSize: labels.count, stepSize: 0.1, schedule: .constant,
      loss: ClassificationLoss(labelSmoothing: 0.1), optimizer: StochasticGradientDescent(weightDecay: 0.01))
    var losses: [Double] = []
    let trained = try Trainer(options, backend: backend).train(graph, on: data) { losses.append($0.loss) }
    for (step, loss) in losses.enumerated() {
      let expectedLoss = try #require(expected["loss\(step + 1)"]?.doubles()?.first)
      #expect(abs(loss - expectedLoss) < 1e-5)
    }
    var compared = 0
    for (name, tensor) in expected {
      guard let own = trained.constants[name] else { continue }
      #expect(own.distance(from: tensor) < 2e-5, "\(name)")
      compared += 1
    }
    #expect(losses.count == 2 && compared == 13)
    #expect(trained.constants["low"] == graph.constants["low"] && trained.constants["high"] == graph.constants["high"])
    #expect(trained.nodes == graph.nodes)
  }
}
