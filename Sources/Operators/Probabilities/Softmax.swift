import EspalierFiles
import EspalierGraph

/// The normalised exponential: `Y_i = exp(X_i) / sum over j of exp(X_j)`, along one axis.
package struct Softmax: DifferentiableOperator {
  /// `Softmax`.
  package static let name: OperatorName = "Softmax"

  /// The rows that are normalised.
  package let rows: SoftmaxRows

  /// Reads `axis`.
  package init(_ call: Invocation) throws(EspalierError) {
    rows = try SoftmaxRows(call)
  }

  /// The input's type.
  package var outputs: [TensorType] { [rows.input] }

  /// The normalised axis is frozen; every other is tied to the same axis of the output.
  package var axes: AxisRule? { rows.axisRule }

  /// The output is never negative.
  package var sign: Sign { .nonnegative }

  /// `dX_i = Y_i (dY_i - sum over j of dY_j Y_j)`.
  package func differentiate(_ gradients: inout GradientBuilder) {
    gradients.set(gradients.addSoftmaxDerivative(SoftmaxDerivative.name, rows), forInput: 0)
  }
}

/// `dX_i = Y_i (dY_i - sum over j of dY_j Y_j)`, from `dY` and `Y`.
package struct SoftmaxDerivative: Operator {
  /// `espalier::SoftmaxDerivative`.
  package static let name: OperatorName = .own("SoftmaxDerivative")

  /// The rows of `dY`.
  package let rows: SoftmaxRows

  /// Reads `axis`.
  package init(_ call: Invocation) throws(EspalierError) {
    rows = try SoftmaxRows(call)
  }

  /// The type of `dY`.
  package var outputs: [TensorType] { [rows.input] }
}
