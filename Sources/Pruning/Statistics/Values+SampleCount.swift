import EspalierTensors

extension [String: Tensor] {
  /// The number of samples in the values of one run: the longest first axis, since a state has its samples along
  /// another axis, and a number has none.
  var sampleCount: Int { values.map { $0.shape.first ?? 1 }.max() ?? 0 }
}
