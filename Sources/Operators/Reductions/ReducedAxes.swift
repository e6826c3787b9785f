import EspalierFiles
import EspalierTensors

/// The axes of a reduction: those given (an attribute, or an input from operator set 13 or 18), or all.
package struct ReducedAxes: Hashable, Sendable {
  /// The type of the input, whose elements are numbers.
  package let input: TensorType
  /// The axes, counted from 0.
  package let axes: [Int]
  /// The input's shape with the reduced axes of size 1.
  package let kept: Shape
  /// The number of elements reduced to one.
  package let count: Int
  private let keepsAxes: Bool

  /// Reads `axes`, `keepdims` and `noop_with_empty_axes`.
  init(_ call: Invocation) throws(EspalierError) {
    input = try call.input(0)
    let shape = input.shape
    var axes = try call.axes(try call.ints("axes", orInput: 1) ?? [])
    if axes.isEmpty, try !call.flag("noop_with_empty_axes") { axes = Array(shape.indices) }
    var kept = shape
    for axis in axes { kept[axis] = 1 }
    self.axes = axes
    self.kept = kept
    count = Int.limitedProduct(axes.map { shape[$0] })
    keepsAxes = try call.flag("keepdims", default: true)
    try call.checkNumeric(input.elementType)
  }

  /// The axes that remain.
  private var staying: [Int] { kept.indices.filter { !axes.contains($0) } }

  /// The type of the result: the input's, with the reduced axes removed or of size 1.
  var result: TensorType {
    TensorType(keepsAxes ? kept : Shape(staying.map { kept[$0] }), input.elementType)
  }

  /// Ties axes that remain to those of the output. The others may lose elements, and the result is then the statistic
  /// of the remaining ones, as required for a normalisation written out as single nodes.
  var statisticRule: AxisRule {
    var rule = rule("takes a statistic over it")
    rule.normalized = rule.frozen.map(\.axis)
    rule.frozen = []
    return rule
  }

  /// Ties axes that remain to those of the output, and freezes the others because the operator `reason`.
  func rule(_ reason: String) -> AxisRule {
    AxisRule(
      ties: staying.enumerated().map { position, axis in
        AxisTie(PortAxis(.input(0), axis), PortAxis(.output(0), keepsAxes ? axis : position))
      },
      frozen: axes.map { FrozenAxis(PortAxis(.input(0), $0), reason) })
  }
}
