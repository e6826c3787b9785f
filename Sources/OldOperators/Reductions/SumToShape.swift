import Graph
import Tensors

/// The sum over the axes along which a tensor of the attribute `shape` would be broadcast to the input: broadcasting's
/// derivative.
public enum SumToShape: Operator {
  /// `espalier::SumToShape`.
  public static let name: OperatorName = .own("SumToShape")

  /// The stated shape.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let input = try invocation.floatInput(0).shape
    guard let sizes = try invocation.ints("shape"), let shape = Shape(checking: sizes),
      Broadcasting.shape(shape, input) == input
    else { throw invocation.error("cannot sum \(input) as it asks") }
    return [TensorType(shape)]
  }

  /// One pass over the input, added up in its order.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let input = try invocation.input(0).shape
    let target = invocation.outputs[0].shape
    return input.elementCount == target.elementCount ? CopyKernel() : StridedSum(of: input, to: target)
  }
}
