/// A rule that changes one parameter by its gradient, with a state of its own for each parameter.
public protocol Optimizer: Sendable {
  /// Changes `parameter` in place.
  ///
  /// - Parameters:
  ///   - gradient: The gradient of the loss, as many numbers as the parameter has.
  ///   - state: The rule's memory of this parameter, ``stateCount`` numbers for each of the parameter's; zeros at first.
  ///   - stepSize: The step size at this step.
  ///   - decays: Whether weight decay applies to this parameter.
  func update(
    _ parameter: UnsafeMutableBufferPointer<Float>, gradient: UnsafeMutableBufferPointer<Float>,
    state: UnsafeMutableBufferPointer<Float>, stepSize: Float, decays: Bool)

  /// How many numbers the rule remembers for each number of a parameter.
  var stateCount: Int { get }
}
