import EspalierTensors

extension Cast: DecodingOperator {
  /// Whether the node casts to single precision.
  package static func decodes(_ call: Invocation) -> Bool { call.node.attributes["to"] == .int(1) }

  /// The value, which is rounded when it is written in half precision.
  package static func encode(_ value: Tensor, as call: Invocation) -> [Int: Tensor]? {
    call.inputs.first??.elementType == .float32 ? [0: value] : nil
  }
}
