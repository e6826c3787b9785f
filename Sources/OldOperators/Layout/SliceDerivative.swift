import Graph
import Tensors

/// The derivative of a slice: the input at places `start`, `start + step`, ... of each axis of the attribute `shape`, zeros
/// elsewhere.
public enum SliceDerivative: Operator {
  /// `espalier::SliceDerivative`.
  public static let name: OperatorName = .own("SliceDerivative")

  private static func ranges(_ invocation: Invocation) throws -> [SliceRange] {
    let input = try invocation.floatInput(0).shape
    guard let starts = try invocation.ints("starts"), let steps = try invocation.ints("steps"),
      let sizes = try invocation.ints("shape"), let shape = Shape(checking: sizes),
      starts.count == input.rank, steps.count == input.rank, shape.rank == input.rank,
      input.indices.allSatisfy({ axis in
        input[axis] == 0
          || shape.sizes[axis] > starts[axis] && starts[axis] >= 0
            && (0..<shape.sizes[axis]).contains(starts[axis] + (input[axis] - 1) * steps[axis])
      })
    else { throw invocation.error("cannot spread \(input) as it asks") }
    return input.indices.map { SliceRange(start: starts[$0], step: steps[$0], count: input[$0]) }
  }

  /// The stated shape.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    _ = try ranges(invocation)
    return [TensorType(Shape(try invocation.ints("shape") ?? []))]
  }

  /// Zeros, and one strided copy.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    try kernel(invocation, in: .plain)
  }

  private static func kernel(_ invocation: Invocation, in order: AxisOrder) throws -> any Kernel {
    let source = try invocation.input(0).shape
    let copy = StridedCopy(
      source, from: .init(order.strides(of: source)),
      to: SliceRange.layout(try ranges(invocation), order.strides(of: invocation.outputs[0].shape)), width: 4)
    return FunctionKernel { operands in
      operands.outputs[0].floats.update(repeating: 0)
      copy.run(from: operands.inputs[0]!.address, to: operands.outputs[0].address)
    }
  }
}

#if OneDNN
  extension SliceDerivative: OneDNNOperator {
    static func layout(_ invocation: Invocation) throws -> LayoutRule { LayoutRule(.any) }

    static func primitive(_ invocation: Invocation, in order: AxisOrder) throws -> (any Kernel)? {
      try kernel(invocation, in: order)
    }
  }
#endif

extension GradientBuilder {
  /// `value` at the places `ranges` of a tensor of `shape`, zeros elsewhere.
  mutating func spread(_ value: String, over shape: Shape, _ ranges: [SliceRange]) -> String {
    add(
      SliceDerivative.name, [value],
      [
        "shape": .ints(shape.map(Int64.init)), "starts": .ints(ranges.map { Int64($0.start) }),
        "steps": .ints(ranges.map { Int64($0.step) }),
      ])
  }
}
