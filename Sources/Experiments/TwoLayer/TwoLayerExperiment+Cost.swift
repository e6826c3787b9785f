import EspalierDatasets
import EspalierFiles
import EspalierPruning

extension TwoLayerExperiment.Outcome {
  /// The hidden layer of the first network, as a subject for ``CostOfPruning``.
  package func costSubject(
    _ sizes: [Int], calibration: any Dataset, test: any Dataset
  ) throws(EspalierError) -> CostOfPruning.Subject {
    let graph = models[0].graph
    return CostOfPruning.Subject(
      "Two-layer network", graph, sizes: sizes, data: try DatasetCalibration(calibration, for: graph), test: test)
  }
}
