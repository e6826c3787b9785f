import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The norm of each channel of each sample, `(sum of |X|^p)^(1/p)` with `p` 2 by default: `N x C x spatial` becomes
/// `N x C x 1 x ..`.
package struct GlobalLpPool: CompositeOperator {
  /// `GlobalLpPool`.
  package static let name: OperatorName = "GlobalLpPool"

  /// The channels are along axis 1.
  package static func channelReading(_ node: Node) -> ChannelReading { .secondAxis }

  /// Powers, sums and roots.
  package let body: Body
  private let source: Shape

  /// Reads `p`.
  package init(_ call: Invocation) throws(EspalierError) {
    let source = try call.globallyPooledShape()
    let order = Float(try call.int("p", default: 2))
    guard order > 0 else { throw call.error("its p is \(order), not a positive number") }
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      let magnitude = body.add(Absolute.name, [try body.required(0)])
      let power = body.add(Power.name, [magnitude, body.store(Tensor(scalar: order))])
      let axes = body.store(Tensor(shape: [source.rank - 2], (2..<source.rank).map(Int64.init)))
      let sum = body.add(ReduceSum.name, [power, axes])
      body.finish([body.add(Power.name, [sum, body.store(Tensor(scalar: 1 / order))])])
    }
    self.source = source
  }

  /// Batch and channels are tied to those of the output; the spatial axes are frozen.
  package var axes: AxisRule? {
    var rule = AxisRule.identity(rank: 2)
    rule.frozen = (2..<source.rank).map { FrozenAxis(PortAxis(.input(0), $0), "pools over it") }
    return rule
  }

  /// The output is never negative.
  package var sign: Sign { .nonnegative }
}
