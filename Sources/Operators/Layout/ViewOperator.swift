/// An operator that shows the elements of its first input in another shape, without copying.
package protocol ViewOperator: DifferentiableOperator {}

extension ViewOperator {
  /// The output shares the input's memory.
  package static var isView: Bool { true }

  /// The elements are unchanged.
  package var sign: Sign { .preserved }

  /// The gradient in the input's shape.
  package func differentiate(_ gradients: inout GradientBuilder) {
    gradients.set(gradients.reshape(gradients.outputGradient, to: gradients.inputShape(0)), forInput: 0)
  }
}
