import EspalierFiles
import EspalierGraph

/// The softmax of attention, along the last axis: `Y_i = exp(X_i) / sum over j of exp(X_j)`, and zeros if every `X_j`
/// is minus infinity, because a query that attends to nothing gives nothing.
package struct AttentionSoftmax: DifferentiableOperator {
  /// `espalier::AttentionSoftmax`.
  package static let name: OperatorName = .own("AttentionSoftmax")

  /// The rows, each over all keys.
  package let rows: SoftmaxRows

  /// Reads the input.
  package init(_ call: Invocation) throws(EspalierError) {
    rows = try SoftmaxRows(call)
  }

  /// The input's type.
  package var outputs: [TensorType] { [rows.input] }

  /// The axis of keys is frozen; every other is tied to the same axis of the output.
  package var axes: AxisRule? { rows.axisRule }

  /// `dX_i = Y_i (dY_i - sum over j of dY_j Y_j)`.
  package func differentiate(_ gradients: inout GradientBuilder) {
    gradients.set(gradients.addSoftmaxDerivative(SoftmaxDerivative.name, rows), forInput: 0)
  }
}
