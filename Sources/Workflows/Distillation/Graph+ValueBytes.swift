import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators

extension Graph {
  /// The bytes of all values that nodes compute, for inputs of the types `feeds`: what training keeps at once.
  ///
  /// - Throws: `EspalierError` if the network does not fit the inputs.
  func valueByteCount(_ feeds: [String: TensorType]) throws(EspalierError) -> Int {
    try TypeInference(self, feeds: feeds).nodes.reduce(0) { sum, node in
      sum + node.outputs.reduce(0) { $0 + $1.byteCount }
    }
  }
}
