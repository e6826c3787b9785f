import EspalierFiles
import EspalierGraph
import EspalierTensors

/// An operator that reduces each channel of each sample to one number: `N x C x spatial` becomes `N x C x 1 x ..`.
package protocol GlobalPooling: DifferentiableOperator {
  /// The shape of the input.
  var source: Shape { get }
}

extension GlobalPooling {
  /// The channels are along axis 1.
  package static func channelReading(_ node: Node) -> ChannelReading { .secondAxis }

  /// The batch and the channels, with all other axes of size 1.
  package var outputs: [TensorType] { [TensorType(Shape(source.indices.map { $0 < 2 ? source[$0] : 1 }))] }

  /// Batch and channels are tied to those of the output; the spatial axes are frozen.
  package var axes: AxisRule? {
    var rule = AxisRule.identity(rank: 2)
    rule.frozen = (2..<source.rank).map { FrozenAxis(PortAxis(.input(0), $0), "pools over it") }
    return rule
  }

  /// Means and maxima of nonnegative numbers are nonnegative.
  package var sign: Sign { .preserved }
}

extension Invocation {
  /// The shape of the first input, which must have positions to pool.
  func globallyPooledShape() throws(EspalierError) -> Shape {
    let shape = try floatInput(0).shape
    guard shape.rank >= 3, !shape.dropFirst(2).contains(0) else {
      throw error("has nothing to pool in an input of shape \(shape)")
    }
    return shape
  }
}
