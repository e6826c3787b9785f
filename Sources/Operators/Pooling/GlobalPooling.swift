import EspalierFiles
import EspalierGraph
import EspalierTensors

/// An operator that makes one number of each channel of each sample: `N x C x spatial` becomes `N x C x 1 x ..`.
package protocol GlobalPooling: DifferentiableOperator {
  /// The shape of the input.
  var source: Shape { get }
}

extension GlobalPooling {
  /// The channels are along axis 1.
  package static func channelReading(_ node: Node) -> ChannelReading { .secondAxis }

  /// The batch and the channels, all other axes of size 1.
  package var outputs: [TensorType] { [TensorType(Shape(source.indices.map { $0 < 2 ? source[$0] : 1 }))] }

  /// Batch and channels go with themselves; the spatial axes stay whole.
  package var axes: AxisRule? {
    var rule = AxisRule.identity(rank: 2)
    rule.frozen = (2..<source.rank).map { FrozenAxis(PortAxis(.input(0), $0), "pools over it") }
    return rule
  }

  /// Neither means nor largest numbers change signs.
  package var sign: Sign { .preserved }
}

extension Invocation {
  /// The shape of the first input, which must have places to pool.
  func globallyPooledShape() throws(EspalierError) -> Shape {
    let shape = try floatInput(0).shape
    guard shape.rank >= 3, !shape.dropFirst(2).contains(0) else {
      throw error("has nothing to pool in an input of shape \(shape)")
    }
    return shape
  }
}
