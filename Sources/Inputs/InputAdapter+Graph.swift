import EspalierDatasets
import EspalierFiles
import EspalierGraph
import EspalierOperators

extension InputAdapter {
  /// An adapter from samples of `dataset` to the inputs of `graph`.
  ///
  /// - Throws: `EspalierError` if the two do not fit.
  package init(_ dataset: any Dataset, for graph: Graph) throws(EspalierError) {
    try self.init(dataset, to: graph.declaredInputs)
  }

  /// The types of the network's inputs for a batch of `count` samples, of the greatest length if lengths differ.
  package func feeds(count: Int) -> [String: TensorType] {
    types(count: count).mapValues { TensorType($0.shape, $0.elementType) }
  }
}
