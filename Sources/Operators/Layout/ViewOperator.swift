/// An operator that shows the elements of its first input under another shape: no bytes move.
package protocol ViewOperator: DifferentiableOperator {}

extension ViewOperator {
  /// No bytes move.
  package static var isView: Bool { true }

  /// The elements are unchanged.
  package var sign: Sign { .preserved }

  /// The gradient under the input's shape.
  package func differentiate(_ gradients: inout GradientBuilder) {
    gradients.set(gradients.reshape(gradients.outputGradient, to: gradients.inputShape(0)), forInput: 0)
  }
}
