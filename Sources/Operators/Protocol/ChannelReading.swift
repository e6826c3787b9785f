/// The axis along which a node expects the channels of images in its first input.
package enum ChannelReading: Hashable, Sendable {
  /// The operator has no such axis, or it is unknown.
  case unknown
  /// Along axis 1, as convolutions do.
  case secondAxis
  /// Any: the output has the axes of the input.
  case keepsAxes
  /// Any: axis `i` of the output is axis `order[i]` of the input.
  case permutes([Int])
}
