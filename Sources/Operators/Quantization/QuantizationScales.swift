import EspalierFiles
import EspalierTensors

/// The places of the scales and zero points of a quantised tensor: one for all elements, one for each index of an axis,
/// or, with the attribute `block_size`, one for each block of adjacent indices at each position beside the axis.
package struct QuantizationScales: Hashable, Sendable {
  /// How many scales there are.
  package enum Granularity: Hashable, Sendable {
    case tensor
    case axis
    case blocks(size: Int)
  }

  /// The shape of the tensor.
  package let shape: Shape
  /// The axis along which scales change; 0 with one scale for all.
  package let axis: Int
  /// How many scales there are.
  package let granularity: Granularity
  /// Whether there are zero points.
  package let hasZeroPoint: Bool

  /// The scales in the second input, and the zero points in the optional third, of the first.
  init(_ call: Invocation) throws(EspalierError) {
    shape = try call.input(0).shape
    let scales = try call.floatInput(1).shape
    hasZeroPoint = call.has(input: 2)
    if hasZeroPoint, try call.input(2).shape.elementCount != scales.elementCount {
      throw call.error("has scales of \(scales) and zero points of \(try call.input(2).shape)")
    }
    if scales.elementCount == 1, scales.rank <= 1 {
      (axis, granularity) = (0, .tensor)
      return
    }
    axis = try call.axis(try call.int("axis", default: 1), ofInput: 0)
    let size = try call.int("block_size", default: 0)
    if size > 0 {
      let blocks = (shape[axis] + size - 1) / size
      guard scales == shape.replacing(axis: axis, with: blocks) else {
        throw call.error("has scales of \(scales) for blocks of \(size) along axis \(axis) of \(shape)")
      }
      granularity = .blocks(size: size)
    } else {
      guard scales == [shape[axis]] else {
        throw call.error("has scales of \(scales) for axis \(axis) of \(shape)")
      }
      granularity = .axis
    }
  }

  /// The index of the scale of each element, for elements in row-major order.
  package func forEachRun(_ body: (_ start: Int, _ count: Int, _ scale: Int, _ step: Int) -> Void) {
    let inner = shape[(axis + (shape.rank > 0 ? 1 : 0))...].reduce(1, *)
    switch granularity {
    case .tensor: body(0, shape.elementCount, 0, 0)
    case .axis:
      for row in 0..<shape[...axis].reduce(1, *) { body(row * inner, inner, row % shape[axis], 0) }
    case .blocks(let size):
      let blocks = (shape[axis] + size - 1) / size
      for row in 0..<shape[...axis].reduce(1, *) {
        let (outer, index) = row.quotientAndRemainder(dividingBy: shape[axis])
        body(row * inner, inner, (outer * blocks + index / size) * inner, 1)
      }
    }
  }

  /// Every axis is tied to the same axis of the output; scales and zero points of an axis go with its elements. An axis
  /// of blocks is frozen.
  var rule: AxisRule {
    let settings = hasZeroPoint ? [Port.input(1), .input(2)] : [.input(1)]
    switch granularity {
    case .tensor: return .identity(rank: shape.rank)
    case .axis:
      var rule = AxisRule.identity(rank: shape.rank)
      rule.ties += settings.map { AxisTie(PortAxis($0, 0), PortAxis(.output(0), axis)) }
      return rule
    case .blocks:
      var rule = AxisRule.identity(rank: shape.rank, except: [axis])
      rule.freeze(axis, "has one scale for a block of its elements")
      rule.frozen += settings.map { FrozenAxis(PortAxis($0, axis), "has one scale for a block of elements") }
      for other in shape.indices where other != axis {
        rule.ties += settings.map { AxisTie(PortAxis($0, other), PortAxis(.output(0), other)) }
      }
      return rule
    }
  }
}
