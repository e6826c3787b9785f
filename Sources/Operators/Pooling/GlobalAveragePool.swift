import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The mean of each channel of each sample: `N x C x spatial` becomes `N x C x 1 x ..`.
package struct GlobalAveragePool: GlobalPooling {
  /// `GlobalAveragePool`.
  package static let name: OperatorName = "GlobalAveragePool"

  /// The shape of the input.
  package let source: Shape

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) { source = try call.globallyPooledShape() }

  /// 1 over the number of elements of a channel.
  package var factor: Float { 1 / Float(source.dropFirst(2).reduce(1, *)) }

  /// `dY` repeated over the channel's elements, divided by their number.
  package func differentiate(_ gradients: inout GradientBuilder) {
    let gradient = gradients.add(
      BroadcastToShape.name, [gradients.outputGradient],
      ["shape": .ints(source.map(Int64.init)), "factor": .float(factor)])
    gradients.set(gradient, forInput: 0)
  }
}
