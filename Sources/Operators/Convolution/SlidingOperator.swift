/// An operator whose contraction reads its input through a sliding window.
public protocol SlidingOperator: Operator {
  /// The window, with the paddings worked out.
  ///
  /// - Throws: `DataError` where the attributes do not fit the input.
  static func window(_ invocation: Invocation) throws -> SlidingWindow
}
