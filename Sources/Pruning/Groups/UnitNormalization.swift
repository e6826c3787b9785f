import EspalierGraph
import EspalierOperators

/// A node that takes statistics over the units of a group, as a layer normalisation does over the channels of a stream.
package struct UnitNormalization: Hashable, Sendable {
  /// An axis of what the node reads or makes that has units of the group for elements.
  struct Operand: Hashable, Sendable {
    var axis: ValueAxis
    /// How many elements the axis has, all units of all groups.
    var size: Int
    /// How many axes the value has.
    var rank: Int
  }

  /// The node, by its first output.
  let node: String
  /// All axes of the node that go with the units.
  let operands: [Operand]

  /// What `node` reads and makes of a group that reaches `axes`, its values being of these types.
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
