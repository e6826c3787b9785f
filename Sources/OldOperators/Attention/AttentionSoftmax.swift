import Foundation
import Graph
import Tensors

/// The softmax of attention, along the last axis: `Y_i = exp(X_i) / sum over j of exp(X_j)`, and zeros where every `X_j` is minus
/// infinity, because attention to nothing gives nothing.
public enum AttentionSoftmax: Operator {
  /// `espalier::AttentionSoftmax`.
  public static let name: OperatorName = .own("AttentionSoftmax")

  /// The input's type.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] { [try invocation.floatInput(0)] }

  /// The keys stay whole.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    try SoftmaxRows(invocation).axisRule(rank: try invocation.input(0).shape.rank)
  }

  /// Each row shifted by its maximum, so that nothing overflows; threads share the rows.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let shape = try invocation.input(0).shape
    let size = shape.last ?? 1
    let rows = RowParts(rows: shape.elementCount / max(size, 1), size: size, costPerElement: 8)
    return FunctionKernel { operands in
      let x = operands.inputs[0]!.floats.baseAddress!
      let y = operands.outputs[0].floats.baseAddress!
      rows.forEach { row in VectorMath.softmax(x + row * size, y + row * size, count: size, empty: 0) }
    }
  }

  /// `dX_i = Y_i (dY_i - sum over j of dY_j Y_j)`.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    gradients.set(
      gradients.addSoftmaxDerivative(SoftmaxDerivative.name, try SoftmaxRows(gradients.invocation)), forInput: 0)
  }
}
