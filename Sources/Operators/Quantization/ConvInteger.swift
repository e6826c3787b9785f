import EspalierFiles
import EspalierGraph
import EspalierTensors

/// A convolution of 8-bit numbers less their zero points, in int32.
///
/// Inputs: X, W, the zero point of X, and that of W (one, or one for each output channel). Sums beyond `2^24` are
/// rounded, because they are computed in single precision.
package struct ConvInteger: IntegerProduct {
  /// `ConvInteger`.
  package static let name: OperatorName = "ConvInteger"

  /// The channels are along axis 1.
  package static func channelReading(_ node: Node) -> ChannelReading { .secondAxis }

  /// `Conv`.
  package static var function: OperatorName { Conv.name }

  /// None: channels are not the last axis of the result.
  package static var scaledAxis: Int? { nil }

  /// The convolution of differences.
  package let body: Body
  private let rank: Int
  private let settings: [Int]

  /// Builds the body.
  package init(_ call: Invocation) throws(EspalierError) {
    settings = call.vectors(at: [3])
    rank = try call.input(0).shape.rank
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      let x = try body.difference(0, zeroPoint: 2) { _ in 1 }
      let w = try body.difference(1, zeroPoint: 3) { _ in 0 }
      let product = body.add(Conv.name, [x, w], call.node.attributes)
      body.finish([body.add(Cast.name, [product], ["to": .int(6)])])
    }
  }

  /// The batch is tied to that of the output; the other axes are frozen.
  package var axes: AxisRule? { .wholeConvolution(rank: rank, weights: 1, settings: settings) }
}

extension AxisRule {
  /// The rule of a convolution of whole numbers, whose weights are the input at `weights`.
  static func wholeConvolution(rank: Int, weights: Int, settings: [Int]) -> AxisRule {
    AxisRule(
      ties: [AxisTie(PortAxis(.input(0), 0), PortAxis(.output(0), 0))],
      frozen: (1..<rank).flatMap { axis in
        [Port.input(0), .output(0)].map { FrozenAxis(PortAxis($0, axis), isQuantized) }
      } + (0..<rank).map { FrozenAxis(PortAxis(.input(weights), $0), isQuantized) }
        + settings.map { FrozenAxis(PortAxis(.input($0), 0), isQuantized) })
  }
}
