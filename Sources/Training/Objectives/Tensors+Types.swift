import EspalierOperators
import EspalierTensors

extension [String: Tensor] {
  /// The types of the tensors.
  var types: [String: TensorType] { mapValues(TensorType.init(of:)) }
}
