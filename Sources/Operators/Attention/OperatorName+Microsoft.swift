import EspalierGraph

extension OperatorName {
  /// An operator defined by ONNX Runtime.
  static func microsoft(_ type: String) -> OperatorName { OperatorName(type, domain: "com.microsoft") }
}
