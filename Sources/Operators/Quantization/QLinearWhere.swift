import EspalierFiles
import EspalierGraph

/// Elements of X where a condition holds, and of Y elsewhere, quantised.
///
/// Inputs: the condition, X and Y each with scale and zero point, and those of the result.
package struct QLinearWhere: QuantizedOperator {
  /// `com.microsoft::QLinearWhere`.
  package static let name: OperatorName = .microsoft("QLinearWhere")

  /// `Where`.
  package static var function: OperatorName { Where.name }

  /// The condition as it is, X and Y.
  package static func operands(of node: Node) -> QuantizedOperands {
    QuantizedOperands([.plain(0), .quantized(1, axis: 0), .quantized(4, axis: 0)], result: 7)
  }

  /// The function between scales.
  package let body: Body

  /// The rule of the function.
  package let axes: AxisRule?

  /// Builds the body.
  package init(_ call: Invocation) throws(EspalierError) {
    body = try Self.body(call)
    axes = Self.rule(call)
  }
}
