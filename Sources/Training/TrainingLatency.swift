import EspalierDatasets
import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors

extension Latency {
  /// Measures training steps (forward, backward and update) of a classifier on uniform inputs of these types.
  ///
  /// - Throws: `EspalierError` if the output of `graph` is not samples x classes.
  package init(
    trainingStepsOf graph: Graph, feeds: [String: TensorType], batchSize: Int, budget: Double,
    backend: any Backend = Backends.standard
  ) throws(EspalierError) {
    let dataset = UniformSamples(
      graph.feeds.compactMap { feed in feeds[feed.name].map { (feed.name, $0) } }, count: batchSize)
    let step = try TrainingStep(
      Classification(Classifier(graph, on: dataset), ClassificationLoss()),
      TrainingOptions(epochs: 1, batchSize: batchSize), backend: backend)
    let batch = try dataset.samples(at: Array(0..<batchSize))
    _ = try step([batch], stepSize: 0)
    var seconds: [Double] = []
    let start = ContinuousClock.now
    repeat {
      let begin = ContinuousClock.now
      _ = try step([batch], stepSize: 0)
      seconds.append((ContinuousClock.now - begin) / .seconds(1))
    } while seconds.count < 5 || (ContinuousClock.now - start) / .seconds(1) < budget
    self.init(seconds: seconds)
  }
}
