import EspalierFiles
import EspalierGraph
import EspalierTensors

/// A convolution of quantised numbers, quantised: `Y = quantise((conv(X', W') + B) scale_x scale_w / scale_y)` with X'
/// and W' the operands less their zero points.
///
/// Inputs: X, its scale and zero point, W, its scale and zero point (one, or one for each output channel), the scale
/// and zero point of Y, and the optional int32 B.
package struct QLinearConv: QuantizedOperator {
  /// `QLinearConv`.
  package static let name: OperatorName = "QLinearConv"

  /// The channels are along axis 1.
  package static func channelReading(_ node: Node) -> ChannelReading { .secondAxis }

  /// `Conv`.
  package static var function: OperatorName { Conv.name }

  /// X, W, B and the result.
  package static func operands(of node: Node) -> QuantizedOperands {
    QuantizedOperands([.quantized(0, axis: 1), .quantized(3, axis: 0)], bias: 8, result: 6)
  }

  /// The convolution of whole numbers, scaled and rounded.
  package let body: Body
  private let rank: Int
  private let settings: [Int]

  /// Builds the body.
  package init(_ call: Invocation) throws(EspalierError) {
    settings = call.vectors(at: [4, 5, 8])
    let rank = try call.input(0).shape.rank
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      let x = try body.difference(0, zeroPoint: 2) { _ in 1 }
      let w = try body.difference(3, zeroPoint: 5) { _ in 0 }
      var inputs = [x, w]
      if let bias = body.input(8) { inputs.append(body.floats(bias)) }
      let product = body.add(Conv.name, inputs, call.node.attributes)
      body.finish([try body.requantize(product, scales: (1, 4, 6), along: (1, 1), rank: rank)])
    }
    self.rank = rank
  }

  /// The batch is tied to that of the output; the other axes are frozen.
  package var axes: AxisRule? { .wholeConvolution(rank: rank, weights: 3, settings: settings) }
}
