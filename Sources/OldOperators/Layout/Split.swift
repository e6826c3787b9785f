import Graph
import Tensors

/// The input cut along the attribute `axis` into as many pieces as there are outputs: of the sizes stated (an attribute, or an
/// input from operator set 13), or of equal size, the last one smaller where `num_outputs` is set and they do not come out even.
public enum Split: Operator {
  /// `Split`.
  public static let name: OperatorName = "Split"

  private static func axis(_ invocation: Invocation) throws -> Int {
    try invocation.axis(try invocation.int("axis", default: 0), ofInput: 0)
  }

  private static func sizes(_ invocation: Invocation, _ axis: Int) throws -> [Int] {
    let whole = try invocation.input(0).shape[axis]
    let count = invocation.node.outputs.count
    if let sizes = try invocation.ints("split", orInput: 1) {
      guard sizes.count == count, sizes.allSatisfy({ (0...whole).contains($0) }), sizes.reduce(0, +) == whole else {
        throw invocation.error("cannot split \(whole) elements into \(count) pieces of sizes \(sizes)")
      }
      return sizes
    }
    let isUneven = invocation.node.attributes["num_outputs"] != nil
    guard count > 0, isUneven || whole % count == 0, try invocation.int("num_outputs", default: count) == count else {
      throw invocation.error("cannot split \(whole) elements into \(count) equal pieces")
    }
    let size = (whole + count - 1) / count
    return (0..<count).map { max(0, min(size, whole - $0 * size)) }
  }

  /// The places where the pieces begin, with their sizes.
  private static func pieces(_ invocation: Invocation, _ axis: Int) throws -> [(offset: Int, size: Int)] {
    var next = 0
    return try sizes(invocation, axis).map { size in
      defer { next += size }
      return (next, size)
    }
  }

  /// The input's shape with each of the sizes.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let input = try invocation.input(0)
    let axis = try axis(invocation)
    return try sizes(invocation, axis).map { size in
      TensorType(input.shape.replacing(axis: axis, with: size), input.elementType)
    }
  }

  /// Along the axis, each output goes with its part of the input; along the others, all go together.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    let axis = try axis(invocation)
    var rule = AxisRule()
    for (position, piece) in try pieces(invocation, axis).enumerated()
    where !invocation.node.outputs[position].isEmpty {
      rule.ties += invocation.outputs[0].shape.indices.map {
        AxisTie(PortAxis(.output(position), $0), PortAxis(.input(0), $0), offset: $0 == axis ? piece.offset : 0)
      }
    }
    return rule
  }

  /// The sizes are those of what is left of each piece.
  public static func resize(_ resizing: inout NodeResizing) throws {
    let axis = try axis(resizing.before)
    let kept = resizing.kept(PortAxis(.input(0), axis))
    let sizes = try pieces(resizing.before, axis).map { piece in
      kept.count { (piece.offset..<piece.offset + piece.size).contains($0) }
    }
    if let now = try? self.sizes(resizing.now, axis), now == sizes { return }
    let isAttribute = resizing.before.opset < 13
    if isAttribute { resizing.set("split", to: .ints([])) }
    resizing.set("num_outputs", to: nil)
    resizing.set(sizes, "split", orInput: 1)
  }

  /// One copy for each output.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    try kernel(invocation, in: .plain)
  }

  private static func kernel(_ invocation: Invocation, in order: AxisOrder) throws -> any Kernel {
    let axis = try axis(invocation)
    let strides = order.strides(of: try invocation.input(0).shape)
    let copies = try zip(invocation.outputs, pieces(invocation, axis)).map { output, piece in
      StridedCopy(
        output.shape, from: .init(offset: piece.offset * strides[axis], strides),
        to: .init(order.strides(of: output.shape)),
        width: try invocation.elementWidth())
    }
    return FunctionKernel { operands in
      for (copy, output) in zip(copies, operands.outputs) {
        copy.run(from: operands.inputs[0]!.address, to: output.address)
      }
    }
  }

  /// The gradients of the pieces put together, zeros where a piece has none.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let call = gradients.invocation
    let axis = try axis(call)
    let known = gradients.outputGradients.compactMap { $0 }
    if known.count == call.outputs.count {
      gradients.set(gradients.add(Concat.name, known, ["axis": .int(Int64(axis))]), forInput: 0)
      return
    }
    let shape = try call.input(0).shape
    var sum: String?
    for (gradient, piece) in zip(gradients.outputGradients, try pieces(call, axis)) {
      guard let gradient else { continue }
      var ranges = shape.map { SliceRange(count: $0) }
      ranges[axis] = SliceRange(start: piece.offset, count: piece.size)
      let part = gradients.spread(gradient, over: shape, ranges)
      sum = sum.map { gradients.add(Add.name, [$0, part]) } ?? part
    }
    if let sum { gradients.set(sum, forInput: 0) }
  }
}

#if OneDNN
  extension Split: OneDNNOperator {
    static func layout(_ invocation: Invocation) throws -> LayoutRule { LayoutRule(.any) }

    static func primitive(_ invocation: Invocation, in order: AxisOrder) throws -> (any Kernel)? {
      try kernel(invocation, in: order)
    }
  }
#endif
