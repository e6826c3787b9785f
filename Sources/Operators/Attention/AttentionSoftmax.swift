import Files
import Graph

/// The softmax of attention, along the last axis: `Y_i = exp(X_i) / sum over j of exp(X_j)`, and zeros where every
/// `X_j` is minus infinity, because attention to nothing gives nothing.
public struct AttentionSoftmax: DifferentiableOperator {
  /// `espalier::AttentionSoftmax`.
  public static let name: OperatorName = .own("AttentionSoftmax")

  /// The rows, each over all keys.
  package let rows: SoftmaxRows

  /// Reads the input.
  public init(_ call: Invocation) throws(EspalierError) {
    rows = try SoftmaxRows(call)
  }

  /// The input's type.
  public var outputs: [TensorType] { [rows.input] }

  /// The keys stay whole.
  public var axes: AxisRule? { rows.axisRule }

  /// `dX_i = Y_i (dY_i - sum over j of dY_j Y_j)`.
  public func differentiate(_ gradients: inout GradientBuilder) {
    gradients.set(gradients.addSoftmaxDerivative(SoftmaxDerivative.name, rows), forInput: 0)
  }
}
