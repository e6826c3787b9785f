import EspalierFiles
import EspalierGraph

/// The logarithm of the softmax: `Y_i = X_i - log(sum over j of exp(X_j))`, along one axis.
package struct LogSoftmax: DifferentiableOperator {
  /// `LogSoftmax`.
  package static let name: OperatorName = "LogSoftmax"

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

  /// `dX_i = dY_i - exp(Y_i) sum over j of dY_j`.
  package func differentiate(_ gradients: inout GradientBuilder) {
    gradients.set(gradients.addSoftmaxDerivative(LogSoftmaxDerivative.name, rows), forInput: 0)
  }
}

/// `dX_i = dY_i - exp(Y_i) sum over j of dY_j`, from `dY` and `Y`.
package struct LogSoftmaxDerivative: Operator {
  /// `espalier::LogSoftmaxDerivative`.
  package static let name: OperatorName = .own("LogSoftmaxDerivative")

  /// The rows of `dY`.
  package let rows: SoftmaxRows

  /// Reads `axis`.
  package init(_ call: Invocation) throws(EspalierError) {
    rows = try SoftmaxRows(call)
  }

  /// The type of `dY`.
  package var outputs: [TensorType] { [rows.input] }
}
