import Graph
import Tensors

/// How many elements the input has, one int64 number. Known before the network runs.
///
/// No axis is tied or held: a size that is used as a number is held where it is used, as in `Reshape`.
public enum SizeOf: Operator {
  /// `Size`.
  public static let name: OperatorName = "Size"

  /// A number.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    _ = try invocation.input(0)
    return [TensorType([], .int64)]
  }

  /// The count.
  public static func known(_ invocation: Invocation) throws -> [Tensor]? {
    [Tensor(scalar: Int64(try invocation.input(0).shape.elementCount))]
  }

  /// There is no axis to hold.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? { AxisRule() }

  /// Writes the count; a plan stores it instead.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let count = Int64(try invocation.input(0).shape.elementCount)
    return FunctionKernel { $0.outputs[0].elements(as: Int64.self)[0] = count }
  }
}
