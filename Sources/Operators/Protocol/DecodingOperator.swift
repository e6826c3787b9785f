import EspalierTensors

/// An operator that exporters put behind stored weights which take less memory than single precision: a cast of half
/// precision, or a scale of whole numbers.
package protocol DecodingOperator: Operator {
  /// Whether a node computes a floating point value from a narrower stored one.
  static func decodes(_ call: Invocation) -> Bool

  /// New stored inputs, by position, from which the node `call` computes `value`: its former result, or a part of that
  /// along any axes; `nil` if there are none.
  static func encode(_ value: Tensor, as call: Invocation) -> [Int: Tensor]?
}
