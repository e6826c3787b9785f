import EspalierFiles
import EspalierGraph

/// Quantised numbers, negative ones multiplied by `alpha`, quantised.
package struct QLinearLeakyRelu: QuantizedOperator {
  /// `com.microsoft::QLinearLeakyRelu`.
  package static let name: OperatorName = .microsoft("QLinearLeakyRelu")

  /// `LeakyRelu`.
  package static var function: OperatorName { LeakyRelu.name }

  /// X and the result, each with its scale and zero point.
  package static func operands(of node: Node) -> QuantizedOperands { .unary }

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
