import EspalierFiles
import EspalierGraph

/// The logistic function of quantised numbers, quantised: `Y = quantise(1 / (1 + exp(-X)))`.
package struct QLinearSigmoid: QuantizedOperator {
  /// `com.microsoft::QLinearSigmoid`.
  package static let name: OperatorName = .microsoft("QLinearSigmoid")

  /// `Sigmoid`.
  package static var function: OperatorName { Sigmoid.name }

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
