import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The same elements without the named axes of size 1 (an attribute, or an input from operator set 13), or without all
/// of them.
package struct Squeeze: ViewOperator {
  /// `Squeeze`.
  package static let name: OperatorName = "Squeeze"

  /// The sizes of the remaining axes.
  package let outputs: [TensorType]
  private let kept: [Int]
  private let namesAxes: Bool

  /// Reads the axes to remove, all of which must have size 1.
  package init(_ call: Invocation) throws(EspalierError) {
    let input = try call.input(0)
    let shape = input.shape
    if let asked = try call.ints("axes", orInput: 1) {
      let dropped = try call.axes(asked)
      for axis in dropped where shape[axis] != 1 {
        throw call.error("drops axis \(axis), which has \(shape[axis]) elements")
      }
      kept = shape.indices.filter { !dropped.contains($0) }
      namesAxes = true
    } else {
      kept = shape.indices.filter { shape[$0] != 1 }
      namesAxes = false
    }
    outputs = [TensorType(Shape(kept.map { shape[$0] }), input.elementType)]
  }

  /// Remaining axes are tied to those of the output; if no axis is named, none may shrink to size 1.
  package var axes: AxisRule? {
    var rule = AxisRule(
      ties: kept.enumerated().map { AxisTie(PortAxis(.input(0), $1), PortAxis(.output(0), $0)) })
    if !namesAxes {
      rule.frozen = kept.map { FrozenAxis(PortAxis(.input(0), $0), "drops axes by their size") }
    }
    return rule
  }
}
