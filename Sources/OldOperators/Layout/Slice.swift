import Graph
import Tensors

/// The elements at places `start`, `start + step`, ... before `end` of each axis that is named. Starts, ends, axes and steps are
/// inputs from operator set 10, attributes before; negative places count from the end, and those outside are held to the axis.
public enum Slice: Operator {
  /// `Slice`.
  public static let name: OperatorName = "Slice"

  /// What is taken of each axis.
  private static func ranges(_ invocation: Invocation) throws -> [SliceRange] {
    let shape = try invocation.input(0).shape
    guard let starts = try invocation.ints("starts", orInput: 1), let ends = try invocation.ints("ends", orInput: 2)
    else { throw invocation.error("does not say where it starts and ends") }
    let axes = try invocation.axes(try invocation.ints("axes", orInput: 3) ?? Array(starts.indices))
    let steps = try invocation.ints("steps", orInput: 4) ?? axes.map { _ in 1 }
    guard starts.count == axes.count, ends.count == axes.count, steps.count == axes.count, !steps.contains(0) else {
      throw invocation.error("cannot take \(starts) to \(ends) in steps of \(steps) along \(axes.count) axes")
    }
    var ranges = shape.map { SliceRange(count: $0) }
    for (position, axis) in axes.enumerated() {
      ranges[axis] = SliceRange(from: starts[position], to: ends[position], by: steps[position], of: shape[axis])
    }
    return ranges
  }

  /// How many places there are along each axis.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    [TensorType(Shape(try ranges(invocation).map(\.count)), try invocation.input(0).elementType)]
  }

  /// Each element goes with its place in the input; axes taken in other steps than 1 stay as they are.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    var rule = AxisRule()
    for (axis, range) in try ranges(invocation).enumerated() {
      if range.step == 1 {
        rule.ties.append(AxisTie(PortAxis(.output(0), axis), PortAxis(.input(0), axis), offset: range.start))
      } else {
        rule.freeze(axis, "takes steps along it")
      }
    }
    return rule
  }

  /// Starts and ends along shortened axes are those of what is left.
  public static func resize(_ resizing: inout NodeResizing) throws {
    let before = resizing.before
    let whole = try before.input(0).shape
    var ranges = try ranges(before)
    for axis in whole.indices {
      let kept = resizing.kept(PortAxis(.input(0), axis))
      guard kept.count < whole[axis] else { continue }
      let end = ranges[axis].start + ranges[axis].count
      ranges[axis] = SliceRange(
        start: kept.count { $0 < ranges[axis].start }, count: kept.count { $0 >= ranges[axis].start && $0 < end })
    }
    if let now = try? self.ranges(resizing.now), now == ranges { return }
    guard var starts = try resizing.fixed("starts", orInput: 1), var ends = try resizing.fixed("ends", orInput: 2)
    else { return }
    let axes = try before.axes(try before.ints("axes", orInput: 3) ?? Array(starts.indices))
    for (position, axis) in axes.enumerated() where resizing.kept(PortAxis(.input(0), axis)).count < whole[axis] {
      (starts[position], ends[position]) = (ranges[axis].start, ranges[axis].start + ranges[axis].count)
    }
    resizing.set(starts, "starts", orInput: 1)
    resizing.set(ends, "ends", orInput: 2)
  }

  /// One strided copy.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    try kernel(invocation, in: .plain)
  }

  private static func kernel(_ invocation: Invocation, in order: AxisOrder) throws -> any Kernel {
    let target = invocation.outputs[0].shape
    let copy = StridedCopy(
      target, from: SliceRange.layout(try ranges(invocation), order.strides(of: try invocation.input(0).shape)),
      to: .init(order.strides(of: target)), width: try invocation.elementWidth())
    return FunctionKernel { copy.run(from: $0.inputs[0]!.address, to: $0.outputs[0].address) }
  }

  /// The gradient where the elements were, zeros elsewhere.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let call = gradients.invocation
    gradients.set(
      gradients.spread(gradients.outputGradient, over: try call.input(0).shape, try ranges(call)), forInput: 0)
  }
}

extension AxisRule {
  /// Holds an axis of the first input and of the first output.
  mutating func freeze(_ axis: Int, _ reason: String) {
    frozen += [Port.input(0), .output(0)].map { FrozenAxis(PortAxis($0, axis), reason) }
  }
}

#if OneDNN
  extension Slice: OneDNNOperator {
    static func layout(_ invocation: Invocation) throws -> LayoutRule { LayoutRule(.any) }

    static func primitive(_ invocation: Invocation, in order: AxisOrder) throws -> (any Kernel)? {
      try kernel(invocation, in: order)
    }
  }
#endif
