import Graph
import Tensors

/// The input repeated as a whole along each axis, as often as the second input says.
public enum Tile: Operator {
  /// `Tile`.
  public static let name: OperatorName = "Tile"

  private static func repeats(_ invocation: Invocation) throws -> [Int] {
    let shape = try invocation.input(0).shape
    guard let repeats = try invocation.ints("repeats", orInput: 1), repeats.count == shape.rank,
      Shape(checking: zip(repeats, shape).map { $0.multipliedReportingOverflow(by: $1) }.map { $1 ? -1 : $0 }) != nil
    else { throw invocation.error("cannot repeat \(shape) as it asks") }
    return repeats
  }

  /// Each size times its repeats.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let input = try invocation.input(0)
    return [TensorType(Shape(zip(try repeats(invocation), input.shape).map(*)), input.elementType)]
  }

  /// Each element goes with its repeats; of those of a single element, every one may go.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    let (shape, repeats) = (try invocation.input(0).shape, try repeats(invocation))
    var rule = AxisRule()
    for axis in shape.indices where shape[axis] != 1 || repeats[axis] == 1 {
      rule.ties.append(
        AxisTie(
          PortAxis(.input(0), axis), PortAxis(.output(0), axis), repetitions: repeats[axis], period: shape[axis]))
    }
    return rule
  }

  /// The repeats of a single element follow.
  public static func resize(_ resizing: inout NodeResizing) throws {
    let expected = resizing.shape(ofOutput: 0)
    if let shape = try? infer(resizing.now).first?.shape, shape == expected { return }
    guard var repeats = try resizing.fixed("repeats", orInput: 1) else { return }
    for (axis, size) in try resizing.before.input(0).shape.enumerated() where size == 1 {
      repeats[axis] = expected[axis]
    }
    resizing.set(repeats, "repeats", orInput: 1)
  }

  /// One strided copy to a shape that has an axis of repeats before each axis.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let shape = try invocation.input(0).shape
    let target = Shape(zip(try repeats(invocation), shape).flatMap { [$0, $1] })
    let copy = StridedCopy(
      target, from: .init(shape.strides.flatMap { [0, $0] }), to: .init(target.strides),
      width: try invocation.elementWidth())
    return FunctionKernel { copy.run(from: $0.inputs[0]!.address, to: $0.outputs[0].address) }
  }

  /// The gradient summed over the repeats.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let shape = try gradients.invocation.input(0).shape
    let target = Shape(zip(try repeats(gradients.invocation), shape).flatMap { [$0, $1] })
    let split = gradients.reshape(gradients.outputGradient, to: target)
    let sum = gradients.sum(split, from: target, to: Shape(shape.flatMap { [1, $0] }))
    gradients.set(gradients.reshape(sum, to: shape), forInput: 0)
  }
}
