import EspalierFiles
import EspalierGraph
import EspalierTensors

/// An operator that sums over axes: those given (an attribute, or an input from operator set 13 or 18), or all.
package protocol Reduction: DifferentiableOperator {
  /// The axes.
  var reduced: ReducedAxes { get }

  /// The factor of each sum of `count` elements.
  static func factor(count: Int) -> Float
}

extension Reduction {
  /// The axes.
  package static var inputsKnownBeforehand: [Int] { [1] }

  /// The factor of each sum.
  package var factor: Float { Self.factor(count: reduced.count) }

  /// The input's shape, with the reduced axes removed or of size 1.
  package var outputs: [TensorType] { [reduced.result] }

  /// Axes that remain are tied to those of the output; the others are frozen.
  package var axes: AxisRule? { reduced.rule("sums over it") }

  /// The gradient repeated along the reduced axes, times the factor.
  package func differentiate(_ gradients: inout GradientBuilder) {
    let gradient = gradients.reshape(gradients.outputGradient, to: reduced.kept)
    let repeated = gradients.add(
      BroadcastToShape.name, [gradient],
      ["shape": .ints(reduced.input.shape.map(Int64.init)), "factor": .float(factor)])
    gradients.set(repeated, forInput: 0)
  }
}
