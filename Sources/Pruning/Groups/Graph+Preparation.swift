import EspalierEngine
import EspalierFiles
import EspalierGraph

extension Graph {
  /// The same network in the form that pruning requires: values of `Constant` nodes and values computed from stored
  /// tensors alone are stored with the graph, sums divided by their number of terms are means, layers with equal
  /// weights read one tensor, and every node reads its own copy of a stored vector.
  ///
  /// - Throws: `EspalierError` if an operator is unknown or shapes do not fit.
  package func preparedForPruning() throws(EspalierError) -> Graph {
    try storingWhatIsKnown().namingMeans().storingEqualWeightsOnce().separatingSharedVectors()
  }
}
