import Files
import Graph
import Tensors

/// The same elements under the shape that the attribute `shape` states; used by derivatives.
public struct View: ViewOperator {
  /// `espalier::View`.
  public static let name: OperatorName = .own("View")

  /// The stated shape.
  public let outputs: [TensorType]

  /// Reads `shape`, which must have as many elements as the input.
  public init(_ call: Invocation) throws(EspalierError) {
    let input = try call.input(0)
    guard let sizes = try call.ints("shape"), let shape = Shape(checking: sizes),
      shape.elementCount == input.shape.elementCount
    else { throw call.error("cannot view \(input.shape) as it asks") }
    outputs = [TensorType(shape, input.elementType)]
  }
}
