/// One axis of one of a graph's values.
public struct ValueAxis: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The value's name.
  public var value: String
  /// The axis, counted from 0.
  public var axis: Int

  /// The axis `axis` of `value`.
  public init(_ value: String, _ axis: Int) {
    self.value = value
    self.axis = axis
  }

  /// By name, then by axis.
  public static func < (first: ValueAxis, second: ValueAxis) -> Bool {
    (first.value, first.axis) < (second.value, second.axis)
  }

  /// As in `fc1.weight[0]`.
  public var description: String { "\(value)[\(axis)]" }
}
