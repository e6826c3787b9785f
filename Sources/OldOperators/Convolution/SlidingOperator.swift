/// An operator whose contraction reads its input through sliding windows.
package protocol SlidingOperator: Operator {
  /// The windows over the spatial axes of the first input.
  ///
  /// - Throws: `DataError` where the attributes do not fit the input.
  static func windows(_ invocation: Invocation) throws -> Windows
}
