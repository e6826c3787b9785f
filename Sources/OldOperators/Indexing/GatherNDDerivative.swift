import Graph
import Tensors

/// The derivative of ``GatherND``: zeros of the attribute `shape`, to which each slice of the first input is added where a tuple of
/// the second points, side by side along the first axes, as many as the attribute `batch_dims` says.
public enum GatherNDDerivative: Operator {
  /// `espalier::GatherNDDerivative`.
  public static let name: OperatorName = .own("GatherNDDerivative")

  private static func slices(_ invocation: Invocation) throws -> (shape: Shape, slices: PickedSlices) {
    guard let sizes = try invocation.ints("shape"), let shape = Shape(checking: sizes) else {
      throw invocation.error("has no shape to add to")
    }
    let slices = try PickedSlices(invocation, shape, batch: try invocation.int("batch_dims", default: 0))
    guard try invocation.floatInput(0).shape == slices.shape else {
      throw invocation.error("cannot add \(try invocation.input(0).shape) to \(shape) as it asks")
    }
    return (shape, slices)
  }

  /// The stated shape.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    [TensorType(try slices(invocation).shape)]
  }

  /// Zeros, and one addition for each element.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let slices = try slices(invocation).slices
    return FunctionKernel { operands in
      let (source, target) = (operands.inputs[0]!.floats, operands.outputs[0].floats)
      target.update(repeating: 0)
      slices.forEach(in: operands.inputs[1]!) { start, position in
        guard let start else { return }
        for i in 0..<slices.size { target[start + i] += source[position * slices.size + i] }
      }
    }
  }
}
