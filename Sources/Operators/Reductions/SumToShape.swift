import Graph
import Tensors

/// The sum over the axes along which a tensor of the attribute `shape` would be broadcast to the input: broadcasting's
/// derivative.
public enum SumToShape: Operator {
  /// `espalier::SumToShape`.
  public static let name: OperatorName = .own("SumToShape")

  /// The stated shape.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let input = try invocation.floatInput(0).shape
    guard let sizes = try invocation.ints("shape"), let shape = Shape(checking: sizes),
      Broadcasting.shape(shape, input) == input
    else { throw invocation.error("cannot sum \(input) as it asks") }
    return [TensorType(shape)]
  }

  /// One pass over the input, added up in its order.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let input = try invocation.input(0).shape
    let target = invocation.outputs[0].shape
    if input.elementCount == target.elementCount { return CopyKernel() }
    let loop = StridedLoop(input, strides: [Broadcasting.strides(of: target, in: input)])
    let step = loop.step(0)
    return FunctionKernel { operands in
      let source = operands.inputs[0]!.floats.baseAddress!
      let sums = operands.outputs[0].floats
      sums.update(repeating: 0)
      let base = sums.baseAddress!
      loop.forEachRun { start, count, offsets in
        let (run, place) = (source + start, base + offsets[0])
        if step == 1 {
          for i in 0..<count { place[i] += run[i] }
        } else {
          // In double precision: a long run added up in single loses digits.
          var sum = 0.0
          for i in 0..<count { sum += Double(run[i]) }
          place[0] += Float(sum)
        }
      }
    }
  }
}
