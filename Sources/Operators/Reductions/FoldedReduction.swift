import EspalierFiles
import EspalierGraph
import EspalierTensors

/// An operator that folds the elements along axes into one number, in double precision: along the given axes (an
/// attribute, or an input from operator set 18), or all.
package protocol FoldedReduction: DifferentiableOperator {
  /// The axes.
  var reduced: ReducedAxes { get }

  /// Adds the nodes of the gradient of `X` and returns its name; `dY` and `Y` have the reduced axes with size 1.
  func gradient(_ gradients: inout GradientBuilder, dY: String, y: String) -> String
}

extension FoldedReduction {
  /// The axes.
  package static var inputsKnownBeforehand: [Int] { [1] }

  /// The input's shape, with the reduced axes removed or of size 1.
  package var outputs: [TensorType] { [reduced.result] }

  /// Axes that remain are tied to those of the output; the others are frozen.
  package var axes: AxisRule? { reduced.rule("reduces it") }

  /// The gradient by ``gradient(_:dY:y:)``.
  package func differentiate(_ gradients: inout GradientBuilder) {
    let dY = gradients.reshape(gradients.outputGradient, to: reduced.kept)
    let y = gradients.reshape(gradients.output, to: reduced.kept)
    gradients.set(gradient(&gradients, dY: dY, y: y), forInput: 0)
  }
}
