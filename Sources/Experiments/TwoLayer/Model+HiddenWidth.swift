import EspalierGraph

extension Model {
  /// The number of units of the first layer, 0 if there is none.
  var hiddenWidth: Int {
    graph.constants.values.first { $0.shape.rank == 2 }?.shape[0] ?? 0
  }
}
