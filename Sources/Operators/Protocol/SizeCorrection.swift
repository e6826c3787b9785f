import EspalierTensors

/// Sizes to be stated in an input that the network computes, some of which follow the open sizes of its inputs and stay
/// as computed.
package struct SizeCorrection: Sendable {
  /// The sizes for the types at hand, of the input's element type.
  package let sizes: Tensor
  /// Whether each stays as computed.
  package let isComputed: [Bool]
}
