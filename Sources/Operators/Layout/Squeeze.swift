import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The same elements without the named axes of size 1 (an attribute, or an input from operator set 13), or without all
/// of them.
package struct Squeeze: ViewOperator {
  /// `Squeeze`.
  package static let name: OperatorName = "Squeeze"

  /// The axes.
  package static var inputsKnownBeforehand: [Int] { [1] }

  /// The sizes of the remaining axes.
  package let outputs: [TensorType]
  private let kept: [Int]
  private let dropped: [Int]
  private let opset: Int

  /// Reads the axes to remove, all of which must have size 1.
  package init(_ call: Invocation) throws(EspalierError) {
    let input = try call.input(0)
    let shape = input.shape
    if let asked = try call.ints("axes", orInput: 1) {
      dropped = try call.axes(asked)
      for axis in dropped where shape[axis] != 1 {
        throw call.error("drops axis \(axis), which has \(shape[axis]) elements")
      }
    } else {
      dropped = shape.indices.filter { shape[$0] == 1 }
    }
    kept = shape.indices.filter { [dropped] in !dropped.contains($0) }
    opset = call.opset
    outputs = [TensorType(Shape(kept.map { shape[$0] }), input.elementType)]
  }

  /// Remaining axes are tied to those of the output.
  package var axes: AxisRule? {
    AxisRule(ties: kept.enumerated().map { AxisTie(PortAxis(.input(0), $1), PortAxis(.output(0), $0)) })
  }

  /// Names the axes to remove if none is named and another has shrunk to size 1.
  package func resize(_ resizing: inout NodeResizing) {
    if let now = try? Squeeze(resizing.now), now.outputs[0].shape == resizing.shape(ofOutput: 0) { return }
    if opset < 13 { resizing.set("axes", to: .ints([])) }
    resizing.set(dropped, "axes", orInput: 1)
  }
}
