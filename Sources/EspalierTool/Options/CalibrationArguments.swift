import EspalierDatasets
import EspalierFiles
import EspalierGraph
import EspalierPruning

extension [DataArgument] {
  /// The calibration inputs for `graph`: one argument, or one for each input of the network, as `INPUT=DATA`.
  func calibration(for graph: Graph, of model: ModelFile) throws(EspalierError) -> DatasetCalibration {
    func open(_ data: DataArgument) throws(EspalierError) -> any Dataset { try data.open(.train, for: model) }
    let named = compactMap { $0.named(in: graph) }
    if named.count == count {
      return try DatasetCalibration(
        Dictionary(try named.map { (entry) throws(EspalierError) in (entry.input, try open(entry.data)) }) { $1 },
        for: graph)
    }
    guard count == 1 else {
      throw EspalierError(
        .argument, "--calibration", "is given \(count) times without saying for which inputs",
        remedy: "write INPUT=FILE.npy; the inputs are: " + graph.feeds.map(\.name).joined(separator: ", "))
    }
    return try DatasetCalibration(open(self[0]), for: graph)
  }
}
