import EspalierFiles
import EspalierGraph

/// The mean of each window of quantised maps, quantised. With `channels_last` 1 the channels are the last axis.
package struct QLinearAveragePool: QuantizedOperator {
  /// `com.microsoft::QLinearAveragePool`.
  package static let name: OperatorName = .microsoft("QLinearAveragePool")

  /// `AveragePool`.
  package static var function: OperatorName { AveragePool.name }

  /// X and the result, each with its scale and zero point.
  package static func operands(of node: Node) -> QuantizedOperands { .unary }

  /// Where the channels are along axis 1.
  package static func canBeWrittenOut(_ node: Node, opset: Int) -> Bool { !node.hasChannelsLast }

  /// The function between scales.
  package let body: Body

  /// The rule of the function.
  package let axes: AxisRule?

  /// Builds the body.
  package init(_ call: Invocation) throws(EspalierError) {
    body = try Self.poolingBody(call)
    axes = call.node.hasChannelsLast ? nil : Self.rule(call)
  }
}
