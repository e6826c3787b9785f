import EspalierGraph
import EspalierTensors

/// An operator that reduces each window of each channel to one number: `N x C x spatial` becomes `N x C x windows`.
package protocol Pooling: DifferentiableOperator {
  /// The sizes.
  var geometry: PoolingGeometry { get }
}

extension Pooling {
  /// The channels are along axis 1.
  package static func channelReading(_ node: Node) -> ChannelReading { .secondAxis }

  /// The batch, the channels and the windows.
  package var outputs: [TensorType] { [TensorType(geometry.result)] }

  /// Batch and channels are tied to those of the output; the axes that windows slide over are frozen. All axes are
  /// frozen if indices are requested, because they count the elements of the whole input.
  package var axes: AxisRule? {
    guard outputs.count == 1 else { return nil }
    var rule = AxisRule.windows(geometry.windows, from: .input(0), to: .output(0))
    rule.ties += AxisRule.identity(rank: 2).ties
    return rule
  }

  /// Means and maxima of nonnegative numbers are nonnegative.
  package var sign: Sign { .preserved }
}
