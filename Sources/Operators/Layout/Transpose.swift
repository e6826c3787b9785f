import Graph
import OrderedCollections
import Tensors

/// The axes in another order: axis `i` of the output is axis `perm[i]` of the input; reversed where nothing is said.
public enum Transpose: Operator {
  /// `Transpose`.
  public static let name: OperatorName = "Transpose"

  private static func permutation(_ invocation: Invocation) throws -> [Int] {
    let rank = try invocation.input(0).shape.rank
    let permutation = try invocation.ints("perm") ?? Array((0..<rank).reversed())
    guard permutation.sorted() == Array(0..<rank) else {
      throw invocation.error("\(permutation) is no order of the \(rank) axes of its input")
    }
    return permutation
  }

  /// The sizes in the new order.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let input = try invocation.input(0)
    return [TensorType(Shape(try permutation(invocation).map { input.shape[$0] }), input.elementType)]
  }

  /// Each axis goes with the place it moves to.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    AxisRule(
      ties: try permutation(invocation).enumerated().map { target, source in
        AxisTie(PortAxis(.input(0), source), PortAxis(.output(0), target))
      })
  }

  /// One strided copy.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let input = try invocation.input(0)
    let strides = input.shape.strides
    let loop = StridedLoop(invocation.outputs[0].shape, strides: [try permutation(invocation).map { strides[$0] }])
    let step = loop.step(0)
    switch input.elementType.byteCount {
    case 4: return copy(loop, step, UInt32.self)
    case 8: return copy(loop, step, UInt64.self)
    case 2: return copy(loop, step, UInt16.self)
    case 1: return copy(loop, step, UInt8.self)
    default: throw invocation.error("cannot transpose \(input.elementType)")
    }
  }

  private static func copy<Element: BitwiseCopyable>(
    _ loop: StridedLoop, _ step: Int, _ type: Element.Type
  ) -> any Kernel {
    FunctionKernel { operands in
      let source = operands.inputs[0]!.address.assumingMemoryBound(to: Element.self)
      let target = operands.outputs[0].address.assumingMemoryBound(to: Element.self)
      loop.forEachRun { start, count, offsets in
        for i in 0..<count { target[start + i] = source[offsets[0] + i * step] }
      }
    }
  }

  /// The gradient in the old order.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let permutation = try permutation(gradients.invocation)
    let inverse = permutation.indices.map { Int64(permutation.firstIndex(of: $0)!) }
    gradients.set(gradients.add(name, [gradients.outputGradient], ["perm": .ints(inverse)]), forInput: 0)
  }
}
