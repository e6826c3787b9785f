import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Blocks of channels laid out as blocks of positions, as in a pixel shuffle: `N x C b^2 x H x W` becomes
/// `N x C x b H x b W`, with `b` the attribute `blocksize`.
///
/// By the attribute `mode`, output channel c at offset (i, j) of its block is input channel `(i b + j) C + c` (`DCR`,
/// the default) or `(c b + i) b + j` (`CRD`, PyTorch's `PixelShuffle`).
///
/// Source: W. Shi et al., "Real-time single image and video super-resolution using an efficient sub-pixel
/// convolutional neural network" (CVPR 2016), section 3.2.
package struct DepthToSpace: CompositeOperator {
  /// `DepthToSpace`.
  package static let name: OperatorName = "DepthToSpace"

  /// A transposition of the input as six axes.
  package let body: Body
  private let blocks: SpaceBlocks
  private let areChannelsOuter: Bool

  /// Reads `blocksize` and `mode`; the channels must be a multiple of `b^2`.
  package init(_ call: Invocation) throws(EspalierError) {
    let input = try call.input(0).shape
    let size = try SpaceBlocks.size(call)
    let mode = try call.string("mode", default: "DCR")
    guard ["DCR", "CRD"].contains(mode) else { throw call.error("its mode is \"\(mode)\", neither DCR nor CRD") }
    guard input.rank == 4, input[1] % (size * size) == 0 else {
      throw call.error("cannot divide the channels of \(input) into blocks of \(size) x \(size)")
    }
    let blocks = SpaceBlocks(
      batch: input[0], channels: input[1] / (size * size), height: input[2], width: input[3], size: size)
    let isOuter = mode == "CRD"
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      let depth = isOuter ? [blocks.channels, size, size] : [size, size, blocks.channels]
      let parts = body.reshape(try body.required(0), to: Shape([input[0]] + depth + [input[2], input[3]]))
      let order = isOuter ? [0, 1, 4, 2, 5, 3] : [0, 3, 4, 1, 5, 2]
      body.finish([body.reshape(body.transpose(parts, order), to: blocks.space)])
    }
    (self.blocks, areChannelsOuter) = (blocks, isOuter)
  }

  /// The channels are along axis 1.
  package static func channelReading(_ node: Node) -> ChannelReading { .secondAxis }

  /// Each output channel is tied to the `b^2` input channels that it is made of: adjacent ones (`CRD`) or every C-th
  /// (`DCR`). The spatial axes are frozen.
  package var axes: AxisRule? {
    blocks.rule(space: .output(0), depth: .input(0), areChannelsOuter: areChannelsOuter)
  }

  /// Elements are only moved.
  package var sign: Sign { .preserved }
}
