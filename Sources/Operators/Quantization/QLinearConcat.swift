import EspalierFiles
import EspalierGraph

/// Quantised tensors one after another along an axis, quantised alike.
///
/// Inputs: the scale and zero point of Y, then each part with its own.
package struct QLinearConcat: QuantizedOperator {
  /// `com.microsoft::QLinearConcat`.
  package static let name: OperatorName = .microsoft("QLinearConcat")

  /// `Concat`.
  package static var function: OperatorName { Concat.name }

  /// The parts, behind the scale and zero point of the result.
  package static func operands(of node: Node) -> QuantizedOperands {
    QuantizedOperands(stride(from: 2, to: node.inputs.count, by: 3).map { .quantized($0, axis: 0) }, result: 0)
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
