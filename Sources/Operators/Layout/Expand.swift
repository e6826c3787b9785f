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
  /// input; only sizes of repeated axes must not depend on those of the network's inputs.
  package func resize(_ resizing: inout NodeResizing) {
    let expected = resizing.shape(ofOutput: 0)
    if let now = try? Expand(resizing.now), now.outputs[0].shape == expected { return }
    guard let asked = try? resizing.before.call.ints("shape", orInput: 1),
      let others = try? resizing.variant.ints("shape", orInput: 1), others.count == asked.count
    else { return resizing.refuse("its shape is computed by the network from its data") }
    let missing = expected.rank - asked.count
    let isRepeated = asked.indices.map { axis in
      let own = axis + missing - (expected.rank - input.rank)
      return asked[axis] != 1 && (own < 0 || input[own] == 1)
    }
    guard asked.indices.allSatisfy({ !isRepeated[$0] || asked[$0] == others[$0] }) else {
      return resizing.refuse(
        "repeats its input as often as the sizes of the network's inputs say, so that it cannot follow what is removed",
        remedy: "export the network with fixed sizes, or leave the group alone with --only")
    }
    resizing.set(asked.indices.map { isRepeated[$0] ? expected[$0 + missing] : 1 }, "shape", orInput: 1)
  }

  /// The gradient summed over the axes that were broadcast.
  package func differentiate(_ gradients: inout GradientBuilder) {
    gradients.set(gradients.sumOverRepeats(gradients.outputGradient, ofInput: 0), forInput: 0)
  }
}
