import EspalierEngine
import EspalierFiles
import EspalierGraph

extension Graph {
  /// The same network as pruning sees it: what `Constant` nodes hold, and what is computed from stored tensors alone, is stored with
  /// the graph, layers that have equal weights read one tensor, and every node reads its own copy of a stored vector.
  ///
  /// - Throws: `EspalierError` if an operator is unknown or shapes do not fit.
  func preparedForPruning() throws(EspalierError) -> Graph {
    try storingWhatIsKnown().storingEqualWeightsOnce().separatingSharedVectors()
  }
}
