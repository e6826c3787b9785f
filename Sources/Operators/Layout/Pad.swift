import EspalierFiles
import EspalierGraph
import EspalierTensors
import OrderedCollections

/// The input with elements added around it, or removed where a number is negative. The attribute `mode` selects the
/// added elements: `constant` (the third input, or 0), `reflect` (mirrored at the border), `edge` (the border repeated)
/// or `wrap` (from the opposite side).
///
/// The numbers of elements are an input from operator set 11, an attribute before; from set 18 the fourth input names
/// the axes.
package struct Pad: DifferentiableOperator {
  /// `Pad`.
  package static let name: OperatorName = "Pad"

  /// The padding and its axes.
  package static var inputsKnownBeforehand: [Int] { [1, 3] }

  /// The padded shape.
  package let outputs: [TensorType]
  /// The type of the input.
  package let input: TensorType
  /// For each axis, the input index of each output index; -1 for the constant.
  package let sources: [PaddedAxis]
  /// The constant for single precision numbers, if it is not an input.
  package let value: Float
  /// Whether the constant is the third input.
  package let readsNumber: Bool

  /// Reads the padding, the axes, the mode and the constant.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.input(0)
    readsNumber = call.has(input: 2)
    if readsNumber {
      let value = try call.input(2)
      guard value.elementType == input.elementType, value.shape.elementCount == 1 else {
        throw call.error("pads \(input) with \(value)")
      }
    }
    sources = try Self.sources(call, input.shape)
    _ = try call.elementWidth()
    value = try call.float("value", default: 0)
    guard call.node.attributes["value"] == nil || input.elementType == .float32 else {
      throw call.error("pads \(input.elementType) with a number of float32")
    }
    outputs = [TensorType(Shape(sources.map(\.count)), input.elementType)]
  }

  private static func sources(_ call: Invocation, _ shape: Shape) throws(EspalierError) -> [PaddedAxis] {
    guard let pads = try call.ints("pads", orInput: 1) else { throw call.error("does not say how much") }
    let axes = try call.axes(try call.ints("axes", orInput: 3) ?? Array(shape.indices))
    let most = 1 << 24
    guard pads.count == 2 * axes.count, pads.allSatisfy({ (-most...most).contains($0) }) else {
      throw call.error("cannot pad \(axes.count) axes by \(pads)")
    }
    let name = try call.string("mode", default: "constant")
    guard let mode = PaddedAxis.Mode(rawValue: name) else {
      throw call.unsupported("does not know the mode \"\(name)\"")
    }
    var sources = shape.map { PaddedAxis(keeping: $0) }
    for (position, axis) in axes.enumerated() {
      let (before, after, size) = (pads[position], pads[position + axes.count], shape[axis])
      let count = before + size + after
      guard count >= 0, size > 0 || mode == .constant || count == 0 else {
        throw call.error("cannot pad axis \(axis) of \(shape) by \(before) and \(after)")
      }
      sources[axis] = PaddedAxis(size: size, before: before, count: count, mode: mode)
    }
    return sources
  }

  /// Axes that are not padded are tied to those of the output, the others frozen.
  package var axes: AxisRule? {
    let shape = input.shape
    let padded = Set(sources.indices.filter { !sources[$0].isIdentity })
    var rule = AxisRule.identity(rank: shape.rank, except: padded)
    for axis in padded.sorted() { rule.freeze(axis, "pads it") }
    return rule
  }

  /// Each element of the gradient is added at the source of its value.
  package func differentiate(_ gradients: inout GradientBuilder) {
    var attributes: OrderedDictionary<String, Attribute> = ["shape": .ints(input.shape.map(Int64.init))]
    for (axis, places) in sources.enumerated() { attributes["places\(axis)"] = .ints(places.map(Int64.init)) }
    gradients.set(gradients.add(PadDerivative.name, [gradients.outputGradient], attributes), forInput: 0)
  }
}
