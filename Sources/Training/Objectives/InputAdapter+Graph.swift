import Datasets
import Files
import Graph
import Operators
import Tensors

extension InputAdapter {
  /// An adapter from samples of `dataset` to the inputs of `graph`.
  ///
  /// - Throws: `DataError` if they do not fit.
  init(_ dataset: any Dataset, for graph: Graph) throws(DataError) {
    try self.init(
      dataset,
      to: graph.feeds.map {
        DeclaredInput($0.name, $0.elementType ?? .float32, dimensions: $0.dimensions?.map(\.size) ?? [])
      })
  }

  /// The types of the network's inputs for a batch of `count` samples, of the longest where lengths differ.
  func feeds(count: Int) -> [String: TensorType] {
    types(count: count).mapValues { TensorType($0.shape, $0.elementType) }
  }
}

extension [String: Tensor] {
  /// The types of the tensors.
  var types: [String: TensorType] { mapValues(TensorType.init(of:)) }
}
