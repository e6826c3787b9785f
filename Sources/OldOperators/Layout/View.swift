import Graph
import Tensors

/// The same elements under the shape that the attribute `shape` states; used by derivatives.
public enum View: ViewOperator {
  /// `espalier::View`.
  public static let name: OperatorName = .own("View")

  /// The stated shape.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let input = try invocation.input(0)
    guard let sizes = try invocation.ints("shape"), let shape = Shape(checking: sizes),
      shape.elementCount == input.shape.elementCount
    else { throw invocation.error("cannot view \(input.shape) as it asks") }
    return [TensorType(shape, input.elementType)]
  }
}
