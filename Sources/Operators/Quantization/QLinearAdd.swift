import EspalierFiles
import EspalierGraph

/// A sum of quantised numbers, broadcast to each other, quantised: `Y = quantise(A + B)`.
package struct QLinearAdd: QuantizedOperator {
  /// `com.microsoft::QLinearAdd`.
  package static let name: OperatorName = .microsoft("QLinearAdd")

  /// `Add`.
  package static var function: OperatorName { Add.name }

  /// A, B and the result, each with its scale and zero point.
  package static func operands(of node: Node) -> QuantizedOperands { .binary }

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
