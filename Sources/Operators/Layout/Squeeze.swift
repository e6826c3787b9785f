import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The same elements without axes of size 1: those that are named (an attribute, or an input from operator set 13), or
/// all.
package struct Squeeze: ViewOperator {
  /// `Squeeze`.
  package static let name: OperatorName = "Squeeze"

  /// The sizes of the axes that stay.
  package let outputs: [TensorType]
  private let kept: [Int]
  private let namesAxes: Bool

  /// Reads which axes are dropped, all of which must have size 1.
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

  /// Each axis goes with itself; where none is named, none may become one of size 1.
  package var axes: AxisRule? {
    var rule = AxisRule(
      ties: kept.enumerated().map { AxisTie(PortAxis(.input(0), $1), PortAxis(.output(0), $0)) })
    if !namesAxes {
      rule.frozen = kept.map { FrozenAxis(PortAxis(.input(0), $0), "drops axes by their size") }
    }
    return rule
  }
}
