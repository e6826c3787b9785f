import EspalierGraph
import EspalierOperators

/// A node that takes statistics over the units of a group, as a layer normalisation does over the channels of a stream.
package struct UnitNormalization: Hashable, Sendable {
  /// An axis of the node's input or output whose elements include units of the group.
  struct Operand: Hashable, Sendable {
    var axis: ValueAxis
    /// The size of the axis, with all units of all groups.
    var size: Int
    /// The rank of the value.
    var rank: Int
  }

  /// The node, by its first output.
  let node: String
  /// All axes of the node that are pruned with the units.
  let operands: [Operand]

  /// The operands of `node` among the `axes` of a group, for values of these types.
  init(_ node: Node, among axes: Set<ValueAxis>, _ types: [String: TensorType]) {
    self.node = node.outputs[0]
    operands = (node.inputs + node.outputs).flatMap { value -> [Operand] in
      guard let shape = types[value]?.shape else { return [] }
      return shape.indices.map { ValueAxis(value, $0) }.filter(axes.contains).map {
        Operand(axis: $0, size: shape[$0.axis], rank: shape.rank)
      }
    }
  }
}
