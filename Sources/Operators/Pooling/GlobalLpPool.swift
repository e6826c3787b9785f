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
    body = try Body.norm(call) { body, powers in
      let axes = body.store(Tensor(shape: [source.rank - 2], (2..<source.rank).map(Int64.init)))
      return body.add(ReduceSum.name, [powers, axes])
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
