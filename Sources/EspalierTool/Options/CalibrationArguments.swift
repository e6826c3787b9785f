import EspalierDatasets
import EspalierFiles
import EspalierGraph
import EspalierPruning

extension [DataArgument] {
  /// Unlabelled inputs of `graph`: one data set for all inputs, or `INPUT=DATA` for each.
  ///
  /// - Parameters:
  ///   - option: The option that they are arguments of.
  ///   - model: The network's file, beside which a tokenizer may lie.
  /// - Throws: `EspalierError` if several are given without the inputs' names, or data does not fit.
  func calibration(_ option: String, for graph: Graph, in model: ModelFile) throws(EspalierError) -> DatasetCalibration
  {
    let named = compactMap { $0.named(in: graph) }
    if named.count == count {
      var datasets: [String: any Dataset] = [:]
      for (input, data) in named { datasets[input] = try data.open(.train, for: model) }
      return try DatasetCalibration(datasets, for: graph)
    }
    guard count == 1 else {
      throw EspalierError(
        .argument, option, "is given \(count) times without saying for which inputs",
        remedy: "write INPUT=FILE.npy; the inputs are: " + graph.feeds.map(\.name).joined(separator: ", "))
    }
    return try DatasetCalibration(self[0].open(.train, for: model), for: graph)
  }
}
