import Files
import Graph

/// The normalised exponential: `Y_i = exp(X_i) / sum over j of exp(X_j)`, along one axis.
public struct Softmax: DifferentiableOperator {
  /// `Softmax`.
  public static let name: OperatorName = "Softmax"

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

  /// Never negative.
  public var sign: Sign { .nonnegative }

  /// `dX_i = Y_i (dY_i - sum over j of dY_j Y_j)`.
  public func differentiate(_ gradients: inout GradientBuilder) {
    gradients.set(gradients.addSoftmaxDerivative(SoftmaxDerivative.name, rows), forInput: 0)
  }
}

/// `dX_i = Y_i (dY_i - sum over j of dY_j Y_j)`, from `dY` and `Y`.
public struct SoftmaxDerivative: Operator {
  /// `espalier::SoftmaxDerivative`.
  public static let name: OperatorName = .own("SoftmaxDerivative")

  /// The rows of `dY`.
  package let rows: SoftmaxRows

  /// Reads `axis`.
  public init(_ call: Invocation) throws(EspalierError) {
    rows = try SoftmaxRows(call)
  }

  /// The type of `dY`.
  public var outputs: [TensorType] { [rows.input] }
}
