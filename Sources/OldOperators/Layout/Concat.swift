import Graph
import Tensors

/// The inputs one behind the other along the attribute `axis`.
public enum Concat: Operator {
  /// `Concat`.
  public static let name: OperatorName = "Concat"

  private static func axis(_ invocation: Invocation) throws -> Int {
    guard invocation.node.attributes["axis"] != nil else { throw invocation.error("names no axis") }
    return try invocation.axis(try invocation.int("axis", default: 0), ofInput: 0)
  }

  /// Where each input begins along the axis.
  private static func offsets(_ invocation: Invocation, _ axis: Int) throws -> [Int] {
    var next = 0
    return try invocation.inputs.indices.map { position in
      defer { next += invocation.inputs[position]?.shape[axis] ?? 0 }
      _ = try invocation.input(position)
      return next
    }
  }

  /// The first input's shape, the sizes along the axis added up.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    var type = try invocation.input(0)
    let axis = try axis(invocation)
    for position in invocation.inputs.indices.dropFirst() {
      let other = try invocation.input(position)
      guard other.elementType == type.elementType, other.shape.rank == type.shape.rank,
        other.shape.replacing(axis: axis, with: type.shape[axis]) == type.shape
      else { throw invocation.error("cannot put \(type) and \(other) together along axis \(axis)") }
      let (size, overflow) = type.shape[axis].addingReportingOverflow(other.shape[axis])
      guard !overflow else { throw invocation.error("would make more elements than any memory holds") }
      type.shape[axis] = size
    }
    return [type]
  }

  /// Along the axis, each input goes with its part of the output; along the others, all go together.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    let axis = try axis(invocation)
    var rule = AxisRule()
    for (position, offset) in try offsets(invocation, axis).enumerated() {
      rule.ties += invocation.outputs[0].shape.indices.map {
        AxisTie(PortAxis(.input(position), $0), PortAxis(.output(0), $0), offset: $0 == axis ? offset : 0)
      }
    }
    return rule
  }

  /// One copy for each input.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    try kernel(invocation, in: .plain)
  }

  private static func kernel(_ invocation: Invocation, in order: AxisOrder) throws -> any Kernel {
    let axis = try axis(invocation)
    let strides = order.strides(of: invocation.outputs[0].shape)
    let copies = try offsets(invocation, axis).enumerated().map { position, offset in
      let shape = try invocation.input(position).shape
      return StridedCopy(
        shape, from: .init(order.strides(of: shape)), to: .init(offset: offset * strides[axis], strides),
        width: try invocation.elementWidth())
    }
    return FunctionKernel { operands in
      for (copy, input) in zip(copies, operands.inputs) {
        copy.run(from: input!.address, to: operands.outputs[0].address)
      }
    }
  }

  /// Each input's part of the gradient.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let call = gradients.invocation
    let axis = try axis(call)
    for (position, offset) in try offsets(call, axis).enumerated() where gradients.wants(position) {
      let part = gradients.add(
        Slice.name, [gradients.outputGradient],
        [
          "axes": .ints([Int64(axis)]), "starts": .ints([Int64(offset)]),
          "ends": .ints([Int64(offset + (try call.input(position).shape[axis]))]),
        ])
      gradients.set(part, forInput: position)
    }
  }
}

#if OneDNN
  extension Concat: OneDNNOperator {
    static func layout(_ invocation: Invocation) throws -> LayoutRule { LayoutRule(.any) }

    static func primitive(_ invocation: Invocation, in order: AxisOrder) throws -> (any Kernel)? {
      try kernel(invocation, in: order)
    }
  }
#endif
