import Files
import Graph
import Tensors

/// The elements of the first input as the type of the second: as ``Cast``.
public struct CastLike: CastingOperator {
  /// `CastLike`.
  public static let name: OperatorName = "CastLike"

  /// The type of the first input.
  public let input: TensorType
  /// The type of the second input's elements.
  public let target: ElementType

  /// Reads the types of both inputs.
  public init(_ call: Invocation) throws(EspalierError) {
    (input, target) = (try call.input(0), try call.input(1).elementType)
    for type in [input.elementType, target] where type != .bool { try call.checkNumeric(type) }
  }
}
