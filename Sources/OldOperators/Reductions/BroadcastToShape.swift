import Graph
import Tensors

/// The input repeated to the attribute `shape`, times the attribute `factor`: the derivative of sums and means.
public enum BroadcastToShape: Operator {
  /// `espalier::BroadcastToShape`.
  public static let name: OperatorName = .own("BroadcastToShape")

  /// Each element on its own.
  public static var isElementwise: Bool { true }

  /// The stated shape.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let input = try invocation.floatInput(0).shape
    guard let sizes = try invocation.ints("shape"), let shape = Shape(checking: sizes),
      Broadcasting.shape(input, shape) == shape
    else { throw invocation.error("cannot broadcast \(input) as it asks") }
    return [TensorType(shape)]
  }

  /// One pass over the output.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let factor = try invocation.float("factor", default: 1)
    let shape = invocation.outputs[0].shape
    let loop = StridedLoop(shape, strides: [Broadcasting.strides(of: try invocation.input(0).shape, in: shape)])
    let step = loop.step(0)
    return FunctionKernel { operands in
      let source = operands.inputs[0]!.floats.baseAddress!
      let target = operands.outputs[0].floats.baseAddress!
      loop.forEachRun { start, count, offsets in
        for i in 0..<count { target[start + i] = factor * source[offsets[0] + i * step] }
      }
    }
  }
}
