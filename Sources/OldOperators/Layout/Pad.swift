import Graph
import Tensors

/// The input with elements put around it, or cut off where a number is negative. The attribute `mode` says which: `constant`
/// (the third input, or 0), `reflect` (mirrored at the border), `edge` (the border repeated) or `wrap` (from the other side).
///
/// How many is an input from operator set 11, an attribute before; from 18 the fourth input names the axes.
public enum Pad: Operator {
  /// `Pad`.
  public static let name: OperatorName = "Pad"

  /// The place in the input of each place in the output, axis by axis; -1 where the constant stands.
  static func sources(_ invocation: Invocation) throws -> [[Int]] {
    let shape = try invocation.input(0).shape
    guard let pads = try invocation.ints("pads", orInput: 1) else { throw invocation.error("does not say how much") }
    let axes = try invocation.axes(try invocation.ints("axes", orInput: 3) ?? Array(shape.indices))
    let most = 1 << 24
    guard pads.count == 2 * axes.count, pads.allSatisfy({ (-most...most).contains($0) }) else {
      throw invocation.error("cannot pad \(axes.count) axes by \(pads)")
    }
    let mode = try invocation.string("mode", default: "constant")
    var sources = shape.map { Array(0..<$0) }
    for (position, axis) in axes.enumerated() {
      let (before, after, size) = (pads[position], pads[position + axes.count], shape[axis])
      let count = before + size + after
      guard count >= 0, size > 0 || mode == "constant" || count == 0 else {
        throw invocation.error("cannot pad axis \(axis) of \(shape) by \(before) and \(after)")
      }
      let place: (Int) -> Int
      switch mode {
      case "constant": place = { (0..<size).contains($0) ? $0 : -1 }
      case "edge": place = { min(max($0, 0), size - 1) }
      case "wrap": place = { ($0 % size + size) % size }
      case "reflect":
        let period = max(1, 2 * (size - 1))
        place = { min(abs($0) % period, period - abs($0) % period) }
      default: throw invocation.error("does not know the mode \"\(mode)\"")
      }
      sources[axis] = (0..<count).map { size == 1 && mode == "reflect" ? 0 : place($0 - before) }
    }
    return sources
  }

  /// The sizes with what is added.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let input = try invocation.input(0)
    if invocation.has(input: 2) {
      let value = try invocation.input(2)
      guard value.elementType == input.elementType, value.shape.elementCount == 1 else {
        throw invocation.error("pads \(input) with \(value)")
      }
    }
    return [TensorType(Shape(try sources(invocation).map(\.count)), input.elementType)]
  }

  /// Axes that are not padded go with themselves, others stay as they are.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    let shape = try invocation.input(0).shape
    let padded = Set(try sources(invocation).enumerated().filter { $1 != Array(0..<shape[$0]) }.map(\.offset))
    var rule = AxisRule.identity(rank: shape.rank, except: padded)
    for axis in padded.sorted() { rule.freeze(axis, "pads it") }
    return rule
  }

  /// One pass over the output.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let places = PaddedPlaces(try sources(invocation), in: try invocation.input(0).shape)
    let type = try invocation.input(0).elementType
    let width = try invocation.elementWidth()
    let value = Tensor(scalar: try invocation.float("value", default: 0)).bytes
    guard invocation.node.attributes["value"] == nil || type == .float32 else {
      throw invocation.error("pads \(type) with a number of float32")
    }
    let standard = type == .float32 ? value : [UInt8](repeating: 0, count: width)
    return FunctionKernel { operands in
      let (source, target) = (operands.inputs[0]!.address, operands.outputs[0].address)
      standard.withUnsafeBytes { standard in
        let stated = operands.inputs.count > 2 ? operands.inputs[2]?.address : nil
        let constant = stated.map { UnsafeRawPointer($0) } ?? standard.baseAddress!
        places.forEach { from, to in
          (target + to * width).copyMemory(
            from: from.map { UnsafeRawPointer(source + $0 * width) } ?? constant, byteCount: width)
        }
      }
    }
  }

  /// Each element of the gradient added to where its value came from.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let call = gradients.invocation
    let shape = try call.input(0).shape
    let sources = try sources(call)
    var attributes = ["shape": Attribute.ints(shape.map(Int64.init))]
    for (axis, places) in sources.enumerated() { attributes["places\(axis)"] = .ints(places.map(Int64.init)) }
    let gradient = gradients.add(
      PadDerivative.name, [gradients.outputGradient],
      .init(uniqueKeysWithValues: attributes.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }))
    gradients.set(gradient, forInput: 0)
  }
}
