import EspalierDatasets
import EspalierFiles
import EspalierGraph
import EspalierPruning

extension [DataArgument] {
  /// The unlabelled inputs that the option `--calibration` names: DATA for the only input or all, or INPUT=DATA for
  /// each.
  ///
  /// - Throws: `EspalierError` if the data cannot be opened or does not fit `graph`, the network in `model`.
  func calibration(for graph: Graph, of model: ModelFile) throws(EspalierError) -> DatasetCalibration {
    let named = compactMap { $0.named(in: graph) }
    if named.count == count {
      let opened = try named.map { (entry) throws(EspalierError) in
        (entry.input, try entry.data.open(.train, for: model))
      }
      return try DatasetCalibration(Dictionary(opened) { $1 }, for: graph)
    }
    guard count == 1 else {
      throw EspalierError(
        .argument, "--calibration", "is given \(count) times without saying for which inputs",
        remedy: "write INPUT=FILE.npy; the inputs are: " + graph.feeds.map(\.name).joined(separator: ", "))
    }
    return try DatasetCalibration(self[0].open(.train, for: model), for: graph)
  }
}
