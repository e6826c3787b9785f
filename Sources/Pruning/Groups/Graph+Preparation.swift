import Engine
import Graph

extension Graph {
  /// The same network as pruning sees it: what `Constant` nodes hold, and what is computed from stored tensors alone, is stored with
  /// the graph, and every node reads its own copy of a stored vector.
  ///
  /// - Throws: `DataError` if a node that can be computed beforehand does not fit its inputs.
  func preparedForPruning() throws -> Graph {
    try storingWhatIsKnown().separatingSharedVectors()
  }
}
