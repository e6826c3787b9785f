import EspalierDatasets
import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors

extension InputAdapter {
  /// An adapter from samples of `dataset` to the inputs of `graph`.
  ///
  /// - Throws: `EspalierError` if the two do not fit.
  init(_ dataset: any Dataset, for graph: Graph) throws(EspalierError) {
    try self.init(dataset, to: graph.feeds.map { DeclaredInput($0, of: graph) })
  }

  /// The types of the network's inputs for a batch of `count` samples, of the greatest length if lengths differ.
  func feeds(count: Int) -> [String: TensorType] {
    types(count: count).mapValues { TensorType($0.shape, $0.elementType) }
  }
}

extension DeclaredInput {
  /// The description of `input` of `graph` for data.
  init(_ input: ValueInfo, of graph: Graph) {
    self.init(
      input.name, input.elementType ?? .float32, dimensions: input.dimensions?.map(\.size) ?? [],
      layout: ImageLayout(channelAxis: graph.channelAxis(ofInput: input.name)))
  }
}

extension [String: Tensor] {
  /// The types of the tensors.
  var types: [String: TensorType] { mapValues(TensorType.init(of:)) }
}
