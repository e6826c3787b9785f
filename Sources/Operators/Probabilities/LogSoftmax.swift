import Files
import Graph

/// The logarithm of the softmax: `Y_i = X_i - log(sum over j of exp(X_j))`, along one axis.
public struct LogSoftmax: DifferentiableOperator {
  /// `LogSoftmax`.
  public static let name: OperatorName = "LogSoftmax"

  /// The rows that are normalised.
  package let rows: SoftmaxRows

  /// Reads `axis`.
  public init(_ call: Invocation) throws(EspalierError) {
    rows = try SoftmaxRows(call)
  }

  /// The input's type.
  public var outputs: [TensorType] { [rows.input] }

  /// The axis normalised over stays whole.
  public var axes: AxisRule? { rows.axisRule }

  /// `dX_i = dY_i - exp(Y_i) sum over j of dY_j`.
  public func differentiate(_ gradients: inout GradientBuilder) {
    gradients.set(gradients.addSoftmaxDerivative(LogSoftmaxDerivative.name, rows), forInput: 0)
  }
}

/// `dX_i = dY_i - exp(Y_i) sum over j of dY_j`, from `dY` and `Y`.
public struct LogSoftmaxDerivative: Operator {
  /// `espalier::LogSoftmaxDerivative`.
  public static let name: OperatorName = .own("LogSoftmaxDerivative")

  /// The rows of `dY`.
  package let rows: SoftmaxRows

  /// Reads `axis`.
  public init(_ call: Invocation) throws(EspalierError) {
    rows = try SoftmaxRows(call)
  }

  /// The type of `dY`.
  public var outputs: [TensorType] { [rows.input] }
}
