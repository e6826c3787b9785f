/// One axis of one of a graph's values.
package struct ValueAxis: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The value's name.
  package var value: String
  /// The axis, counted from 0.
  package var axis: Int
  /// The number of blocks of the first axis that have separate elements of this axis, counted consecutively: 1 except
  /// for the weights of grouped convolutions.
  package var blocks: Int

  /// The axis `axis` of `value`.
  package init(_ value: String, _ axis: Int, blocks: Int = 1) {
    self.value = value
    self.axis = axis
    self.blocks = blocks
  }

  /// Orders by name, then by axis.
  package static func < (first: ValueAxis, second: ValueAxis) -> Bool {
    (first.value, first.axis, first.blocks) < (second.value, second.axis, second.blocks)
  }

  /// For example, `fc1.weight[0]`.
  package var description: String { "\(value)[\(axis)]" }
}
