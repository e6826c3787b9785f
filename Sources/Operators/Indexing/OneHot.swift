import EspalierFiles
import EspalierGraph
import EspalierTensors

/// A new axis, `axis` of the output, along which every element is `off` except the one at the index, which is `on`.
///
/// Inputs: indices, of any numeric type, counted from the end if negative; the size of the axis, one number that must
/// be known before the network runs; and the two values `[off, on]`. For an index out of range all elements are `off`.
package struct OneHot: Operator {
  /// `OneHot`.
  package static let name: OperatorName = "OneHot"

  /// The size of the new axis.
  package static var inputsKnownBeforehand: [Int] { [1] }

  /// The shape of the indices with the new axis, of the values' element type.
  package let outputs: [TensorType]
  /// The position of the new axis in the output.
  package let axis: Int
  private let areStored: Bool

  /// Reads `axis`, the size of the axis and the values.
  package init(_ call: Invocation) throws(EspalierError) {
    let (indices, values) = (try call.input(0), try call.input(2))
    try call.checkNumeric(indices.elementType)
    try call.checkNumeric(try call.input(1).elementType)
    let depth = try Self.depth(call)
    guard depth.count == 1, let size = depth[0], size >= 0 else {
      throw call.error("cannot make an axis of \(depth.map { $0.map(String.init) ?? "?" }) elements")
    }
    guard values.shape == [2] else { throw call.error("takes two values, not \(values.shape)") }
    let rank = indices.shape.rank + 1
    let asked = try call.int("axis", default: -1)
    guard (-rank..<rank).contains(asked) else {
      throw call.error("cannot put an axis \(asked) into \(indices.shape)")
    }
    axis = asked < 0 ? asked + rank : asked
    var sizes = indices.shape.sizes
    sizes.insert(size, at: axis)
    guard let shape = Shape(checking: sizes) else { throw call.error("would make \(sizes) elements") }
    try call.checkMovable(input: 2)
    outputs = [TensorType(shape, values.elementType)]
    areStored = call.constants[0] != nil
  }

  /// The numbers in the second input, rounded towards zero; `nil` for those that no `Int` holds.
  private static func depth(_ call: Invocation) throws(EspalierError) -> [Int?] {
    if try !call.input(1).elementType.isFloatingPoint { return try call.ints("depth", orInput: 1) ?? [] }
    return try (call.floats("depth", orInput: 1) ?? []).map { Int(exactly: $0.rounded(.towardZero)) }
  }

  /// The axes of the indices are tied to those of the output, or frozen if the indices are stored; the new axis is
  /// frozen.
  package var axes: AxisRule? {
    var rule = AxisRule(frozen: [
      FrozenAxis(PortAxis(.output(0), axis), "states its elements"),
      FrozenAxis(PortAxis(.input(2), 0), "chooses from it"),
    ])
    for source in 0..<outputs[0].shape.rank - 1 {
      let target = PortAxis(.output(0), source < axis ? source : source + 1)
      if areStored {
        rule.frozen.append(FrozenAxis(target, "states the indices of its elements"))
      } else {
        rule.ties.append(AxisTie(PortAxis(.input(0), source), target))
      }
    }
    return rule
  }
}
