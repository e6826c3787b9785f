import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Blocks of positions laid out as channels: `N x C x b H x b W` becomes `N x C b^2 x H x W`, with `b` the attribute
/// `blocksize`. Input channel c at offset (i, j) of its block becomes output channel `(i b + j) C + c`.
package struct SpaceToDepth: CompositeOperator {
  /// `SpaceToDepth`.
  package static let name: OperatorName = "SpaceToDepth"

  /// A transposition of the input as six axes.
  package let body: Body
  private let blocks: SpaceBlocks

  /// Reads `blocksize`, which must divide both spatial axes.
  package init(_ call: Invocation) throws(EspalierError) {
    let input = try call.input(0).shape
    let size = try SpaceBlocks.size(call)
    guard input.rank == 4, input[2] % size == 0, input[3] % size == 0 else {
      throw call.error("cannot divide the positions of \(input) into blocks of \(size) x \(size)")
    }
    let blocks = SpaceBlocks(
      batch: input[0], channels: input[1], height: input[2] / size, width: input[3] / size, size: size)
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      let parts = body.reshape(
        try body.required(0), to: [input[0], input[1], blocks.height, size, blocks.width, size])
      body.finish([body.reshape(body.transpose(parts, [0, 3, 5, 1, 2, 4]), to: blocks.depth)])
    }
    self.blocks = blocks
  }

  /// The channels are along axis 1.
  package static func channelReading(_ node: Node) -> ChannelReading { .secondAxis }

  /// Each input channel is tied to every C-th output channel. The spatial axes are frozen.
  package var axes: AxisRule? { blocks.rule(space: .input(0), depth: .output(0), areChannelsOuter: false) }

  /// Elements are only moved.
  package var sign: Sign { .preserved }
}
