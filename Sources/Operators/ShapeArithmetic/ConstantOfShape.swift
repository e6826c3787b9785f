import EspalierFiles
import EspalierGraph
import EspalierTensors

/// A tensor of the shape given by the input, with every element that of the attribute `value` (by default a float32 0).
package struct ConstantOfShape: Operator {
  /// `ConstantOfShape`.
  package static let name: OperatorName = "ConstantOfShape"

  /// The shape.
  package static var inputsKnownBeforehand: [Int] { [0] }

  /// The element, in a tensor of one.
  package let value: Tensor
  private let shape: Shape

  /// Reads the shape and the element.
  package init(_ call: Invocation) throws(EspalierError) {
    guard let sizes = try call.ints("shape", orInput: 0), let shape = Shape(checking: sizes) else {
      throw call.error("has no shape")
    }
    self.shape = shape
    switch call.node.attributes["value"] {
    case nil: value = Tensor(scalar: Float(0))
    case .tensor(let tensor) where tensor.count == 1 && tensor.elementType != .string: value = tensor
    default: throw call.error("attribute \"value\" is not one element")
    }
  }

  /// The requested shape, with the element type of the value.
  package var outputs: [TensorType] { [TensorType(shape, value.elementType)] }

  /// All elements are equal, so any may be removed.
  package var axes: AxisRule? { AxisRule() }

  /// Adapts the shape.
  package func resize(_ resizing: inout NodeResizing) {
    let expected = resizing.shape(ofOutput: 0)
    if let now = try? Self(resizing.now), now.shape == expected { return }
    guard let (_, isComputed) = resizing.stated("shape", orInput: 0) else { return }
    resizing.set(expected.sizes, leaving: isComputed, "shape", orInput: 0)
  }
}
