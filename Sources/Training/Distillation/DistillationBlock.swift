/// A part of a network from one cut to the next, at whose end a small network can be compared with the large one that
/// it was pruned from.
package struct DistillationBlock: Hashable, Sendable {
  /// The values at its beginning that depend on parameters; none if it begins at the network's inputs.
  package var inputs: [String]
  /// The values at its end that the rest of the network reads.
  package var ends: [String]
  /// The values compared: those at its end, and outputs of the network that the block computes.
  package var points: [DistillationPoint]
  /// The positions of its nodes in the small network.
  package var nodes: Range<Int>
  /// The number of layers with weights.
  package var layers: Int
  /// Multiply-accumulate operations of one batch in the small network.
  package var macs: Int

  /// The name of the block for users: the last value compared.
  package var name: String { points.last?.value ?? "" }
}
