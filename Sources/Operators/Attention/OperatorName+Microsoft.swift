import EspalierGraph

extension OperatorName {
  /// An operator of ONNX Runtime's own.
  static func microsoft(_ type: String) -> OperatorName { OperatorName(type, domain: "com.microsoft") }
}
