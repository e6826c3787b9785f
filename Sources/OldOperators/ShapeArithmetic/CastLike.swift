import Graph
import Tensors

/// The elements of the first input as the type of the second: as ``Cast``.
public enum CastLike: Operator {
  /// `CastLike`.
  public static let name: OperatorName = "CastLike"

  /// The first input's shape, of the second's type.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let (input, type) = (try invocation.input(0), try invocation.input(1).elementType)
    for type in [input.elementType, type] where type != .bool { _ = try invocation.number(type) }
    return [TensorType(input.shape, type)]
  }

  /// Each axis goes with itself.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    .identity(rank: try invocation.input(0).shape.rank)
  }

  /// One plain loop.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel { try Cast.kernel(invocation) }

  /// The gradient, where nothing is cast; other types have none.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    if gradients.wants(0) { try Cast.differentiate(&gradients) }
  }
}
