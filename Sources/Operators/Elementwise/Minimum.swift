import Files
import Graph
import Tensors

/// The least of any number of tensors, element by element, broadcast.
public struct Minimum: ExtremumOperator {
  /// `Min`.
  public static let name: OperatorName = "Min"

  /// The operands.
  public let broadcast: Broadcast
  /// The type of the elements.
  public let elementType: ElementType

  /// Reads the operands.
  public init(_ call: Invocation) throws(EspalierError) {
    broadcast = try Broadcast(call)
    elementType = try call.numericElementType()
  }
}
