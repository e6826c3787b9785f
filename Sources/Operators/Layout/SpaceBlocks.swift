import EspalierFiles
import EspalierTensors

/// Images of `channels x b height x b width` whose blocks of `b x b` positions become `b^2` channels, or the other way
/// round.
struct SpaceBlocks: Hashable, Sendable {
  /// The number of images.
  let batch: Int
  /// The number of channels of the image of more positions.
  let channels: Int
  /// The number of blocks along the height.
  let height: Int
  /// The number of blocks along the width.
  let width: Int
  /// The number b of positions along a side of a block.
  let size: Int

  /// The shape with many positions.
  var space: Shape { [batch, channels, height * size, width * size] }

  /// The shape with many channels.
  var depth: Shape { [batch, channels * size * size, height, width] }

  /// The attribute `blocksize`, which is at least 1.
  static func size(_ call: Invocation) throws(EspalierError) -> Int {
    let size = try call.int("blocksize", default: 0)
    guard (1...1 << 15).contains(size) else { throw call.error("cannot make blocks of \(size) x \(size)") }
    return size
  }

  /// Ties each channel of `space` to its `b^2` channels of `depth`: adjacent ones if the channels are the outer part of
  /// that axis, every C-th otherwise.
  func rule(space: Port, depth: Port, areChannelsOuter: Bool) -> AxisRule {
    let (single, many) = (PortAxis(space, 1), PortAxis(depth, 1))
    let tie =
      areChannelsOuter
      ? AxisTie(single, many, block: size * size)
      : AxisTie(single, many, repetitions: size * size, period: channels)
    return AxisRule(
      ties: [AxisTie(PortAxis(.input(0), 0), PortAxis(.output(0), 0)), tie],
      frozen: [space, depth].flatMap { port in
        [2, 3].map { FrozenAxis(PortAxis(port, $0), "exchanges it with channels") }
      })
  }
}
