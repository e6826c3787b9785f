/// Where a node looks for the channels of images in its first input.
package enum ChannelReading: Hashable, Sendable {
  /// The operator does not care, or cannot say.
  case unknown
  /// Along axis 1, as convolutions do.
  case secondAxis
  /// Nowhere: the output has the axes of the input.
  case keepsAxes
  /// Nowhere: axis `i` of the output is axis `order[i]` of the input.
  case permutes([Int])
}
