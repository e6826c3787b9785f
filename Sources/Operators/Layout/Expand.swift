import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The input broadcast to the shape that is its second input.
package struct Expand: DifferentiableOperator {
  /// `Expand`.
  package static let name: OperatorName = "Expand"

  /// The shape that the input's and the asked one broadcast to.
  package let outputs: [TensorType]
  private let input: Shape

  /// Reads the asked shape, an input or an attribute.
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

  /// Axes that are not repeated go with themselves; of those that are, every element may go.
  package var axes: AxisRule? { AxisRule(ties: Broadcasting.ties(input, input: 0, result: outputs[0].shape)) }

  /// Elements are repeated.
  package var sign: Sign { .preserved }

  /// Adapts stated sizes.
  package func resize(_ resizing: inout NodeResizing) {
    let expected = resizing.shape(ofOutput: 0)
    if let now = try? Expand(resizing.now), now.outputs[0].shape == expected { return }
    guard let asked = resizing.fixed("shape", orInput: 1) else { return }
    let missing = expected.rank - asked.count
    resizing.set(asked.indices.map { asked[$0] == 1 ? 1 : expected[$0 + missing] }, "shape", orInput: 1)
  }

  /// The gradient summed over what was repeated.
  package func differentiate(_ gradients: inout GradientBuilder) {
    gradients.set(gradients.sumOverRepeats(gradients.outputGradient, ofInput: 0), forInput: 0)
  }
}
