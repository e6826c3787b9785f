import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The first input broadcast to the shape in the second.
package struct Expand: DifferentiableOperator {
  /// `Expand`.
  package static let name: OperatorName = "Expand"

  /// The shape.
  package static var inputsKnownBeforehand: [Int] { [1] }

  /// The shape to which the input and the requested shape broadcast.
  package let outputs: [TensorType]
  private let input: Shape

  /// Reads the requested shape, an input or an attribute.
  package init(_ call: Invocation) throws(EspalierError) {
    let input = try call.input(0)
    guard let sizes = try call.ints("shape", orInput: 1), let asked = Shape(checking: sizes) else {
      throw call.error("has no shape to expand to")
    }
    guard let shape = Broadcasting.shape(input.shape, asked) else {
      throw call.error("cannot expand \(input.shape) to \(asked)")
    }
    _ = try call.elementWidth()
    outputs = [TensorType(shape, input.elementType)]
    self.input = input.shape
  }

  /// Axes that are not broadcast are tied to those of the output; a broadcast axis may lose any element.
  package var axes: AxisRule? { AxisRule(ties: Broadcasting.ties(input, input: 0, result: outputs[0].shape)) }

  /// Elements are repeated.
  package var sign: Sign { .preserved }

  /// Adapts stated sizes. An axis that is not repeated is asked for with size 1, which is right for any size of the
  /// input; sizes of repeated axes that depend on those of the network's inputs stay as computed.
  package func resize(_ resizing: inout NodeResizing) {
    let expected = resizing.shape(ofOutput: 0)
    if let now = try? Expand(resizing.now), now.outputs[0].shape == expected { return }
    guard let (asked, isComputed) = resizing.stated("shape", orInput: 1) else { return }
    let missing = expected.rank - asked.count
    let isRepeated = asked.indices.map { axis in
      let own = axis + missing - (expected.rank - input.rank)
      return asked[axis] != 1 && (own < 0 || input[own] == 1)
    }
    resizing.set(
      asked.indices.map { isRepeated[$0] ? expected[$0 + missing] : 1 },
      leaving: zip(isRepeated, isComputed).map { $0 && $1 }, "shape", orInput: 1)
  }

  /// The gradient summed over the axes that were broadcast.
  package func differentiate(_ gradients: inout GradientBuilder) {
    gradients.set(gradients.sumOverRepeats(gradients.outputGradient, ofInput: 0), forInput: 0)
  }
}
