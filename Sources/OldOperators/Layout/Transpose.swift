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

  /// A strided copy, cut among threads.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let input = try invocation.input(0)
    let strides = input.shape.strides
    let target = invocation.outputs[0].shape
    let copy = StridedCopies(
      target, from: .init(try permutation(invocation).map { strides[$0] }), to: .init(target.strides),
      width: try invocation.elementWidth())
    return FunctionKernel { copy.run(from: $0.inputs[0]!.address, to: $0.outputs[0].address) }
  }

  /// The gradient in the old order.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let permutation = try permutation(gradients.invocation)
    let inverse = permutation.indices.map { Int64(permutation.firstIndex(of: $0)!) }
    gradients.set(gradients.add(name, [gradients.outputGradient], ["perm": .ints(inverse)]), forInput: 0)
  }
}
