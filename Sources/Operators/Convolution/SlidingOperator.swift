/// An operator whose contraction reads its input through sliding windows.
package protocol SlidingOperator: Operator {
  /// The windows over the spatial axes of the first input.
  var windows: Windows { get }
}
