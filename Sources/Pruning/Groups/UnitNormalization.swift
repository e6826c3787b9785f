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
    /// The number of neighbours along the axis that belong to one unit wherever one does: above 1 if a reshape has put
    /// channels and positions on one axis.
    var block: Int
  }

  /// The node, by its first output.
  let node: String
  /// All axes of the node that are pruned with the units.
  let operands: [Operand]

  /// The operands of `node` among the axes of a group, for values of these types; `positions` are those of the group's
  /// units on each axis.
  init(_ node: Node, among positions: [ValueAxis: [[Int]]], _ types: [String: TensorType]) {
    self.node = node.outputs[0]
    operands = (node.inputs + node.outputs).flatMap { value -> [Operand] in
      guard let shape = types[value]?.shape else { return [] }
      return shape.indices.map { ValueAxis(value, $0) }.compactMap { axis in
        positions[axis].map { units in
          let size = shape[axis.axis]
          return Operand(axis: axis, size: size, rank: shape.rank, block: Self.block(of: units, among: size))
        }
      }
    }
  }

  /// The length of the blocks in which `units` lie on an axis of `size` elements: the greatest common divisor of the
  /// boundaries between elements of a unit and others.
  private static func block(of units: [[Int]], among size: Int) -> Int {
    var block = size
    for positions in units {
      for (index, position) in positions.enumerated() {
        if index == 0 || positions[index - 1] != position - 1 { block = .greatestCommonDivisor(block, position) }
        if index == positions.count - 1 || positions[index + 1] != position + 1 {
          block = .greatestCommonDivisor(block, position + 1)
        }
      }
    }
    return max(block, 1)
  }
}

extension Int {
  /// The largest number that divides both; the other if one is 0.
  static func greatestCommonDivisor(_ first: Int, _ second: Int) -> Int {
    var (first, second) = (first, second)
    while second != 0 { (first, second) = (second, first % second) }
    return first
  }
}
