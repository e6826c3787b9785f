/// An operator that shows the elements of its first input under another shape: no bytes move.
public protocol ViewOperator: DifferentiableOperator {}

extension ViewOperator {
  /// No bytes move.
  public static var isView: Bool { true }

  /// Nothing changes.
  public var sign: Sign { .preserved }

  /// The gradient under the input's shape.
  public func differentiate(_ gradients: inout GradientBuilder) {
    gradients.set(gradients.reshape(gradients.outputGradient, to: gradients.inputShape(0)), forInput: 0)
  }
}
