import EspalierFiles
import EspalierTensors

/// A search for the greatest or the least element along an axis, by the attributes `axis`, `keepdims` and
/// `select_last_index`.
package struct AxisExtremum: Hashable, Sendable {
  /// The type of the input.
  package let input: TensorType
  /// The axis that is searched.
  package let axis: Int
  /// Whether the last of several equal elements is taken, rather than the first.
  package let takesLast: Bool
  private let keepsAxis: Bool

  /// The search that a node requests of its first input, which must be numeric and have elements along the axis.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.input(0)
    axis = try call.axis(try call.int("axis", default: 0), ofInput: 0)
    try call.checkNumeric(input.elementType)
    takesLast = try call.flag("select_last_index")
    guard input.shape[axis] > 0 else { throw call.error("has nothing to choose from in \(input.shape)") }
    keepsAxis = try call.flag("keepdims", default: true)
  }

  /// The input's shape of int64 numbers, with the axis removed or of size 1.
  var output: TensorType {
    let sizes = input.shape[..<axis] + (keepsAxis ? [1] : []) + input.shape[(axis + 1)...]
    return TensorType(Shape(Array(sizes)), .int64)
  }

  /// Axes that remain are tied to those of the output; the one that is searched is frozen.
  var rule: AxisRule {
    let dropped = keepsAxis ? 0 : 1
    return AxisRule(
      ties: input.shape.indices.filter { $0 != axis }.map { other in
        AxisTie(PortAxis(.input(0), other), PortAxis(.output(0), other < axis ? other : other - dropped))
      },
      frozen: [FrozenAxis(PortAxis(.input(0), axis), "compares along it")])
  }
}
