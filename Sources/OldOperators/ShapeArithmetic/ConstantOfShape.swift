import Graph
import Tensors

/// A tensor of the shape that is the input, every element the one of the attribute `value` (a float32 0 where it is not set).
public enum ConstantOfShape: Operator {
  /// `ConstantOfShape`.
  public static let name: OperatorName = "ConstantOfShape"

  private static func value(_ invocation: Invocation) throws -> Tensor {
    switch invocation.node.attributes["value"] {
    case nil: return Tensor(scalar: Float(0))
    case .tensor(let tensor) where tensor.count == 1 && tensor.elementType != .string: return tensor
    default: throw invocation.error("attribute \"value\" is not one element")
    }
  }

  /// The asked shape, of the value's type.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    guard let sizes = try invocation.ints("shape", orInput: 0), let shape = Shape(checking: sizes) else {
      throw invocation.error("has no shape")
    }
    return [TensorType(shape, try value(invocation).elementType)]
  }

  /// All elements are the same, so any may go.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? { AxisRule() }

  /// The shape follows.
  public static func resize(_ resizing: inout NodeResizing) throws {
    let expected = resizing.shape(ofOutput: 0)
    if let shape = try? infer(resizing.now).first?.shape, shape == expected { return }
    guard try resizing.fixed("shape", orInput: 0) != nil else { return }
    resizing.set(expected.sizes, "shape", orInput: 0)
  }

  /// Writes the element everywhere.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let bytes = try value(invocation).bytes
    return FunctionKernel { operands in
      let target = UnsafeMutableRawBufferPointer(
        start: operands.outputs[0].address, count: operands.outputs[0].type.byteCount)
      for i in target.indices { target[i] = bytes[i % bytes.count] }
    }
  }
}
