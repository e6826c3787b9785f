import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The maximum or the minimum over axes.
package protocol ExtremumReduction: DifferentiableOperator {
  /// The axes.
  var reduced: ReducedAxes { get }
}

extension ExtremumReduction {
  /// The axes.
  package static var inputsKnownBeforehand: [Int] { [1] }

  /// The input's shape, with the reduced axes removed or of size 1.
  package var outputs: [TensorType] { [reduced.result] }

  /// Axes that remain are tied to those of the output; the extremum is of what the others have left.
  package var axes: AxisRule? { reduced.statisticRule }

  /// The gradient goes to the extremum, in equal parts if there are several.
  package func differentiate(_ gradients: inout GradientBuilder) {
    let dY = gradients.reshape(gradients.outputGradient, to: reduced.kept)
    let y = gradients.reshape(gradients.output, to: reduced.kept)
    gradients.set(gradients.add(ReducedExtremumDerivative.name, [dY, y, gradients.input(0)]), forInput: 0)
  }
}

/// The derivative of ``ExtremumReduction``: `dY / n` where `X = Y`, with `n` the number of such elements along the
/// axes, else 0. Inputs `dY` and `Y`, with the axes of size 1, and `X`.
package struct ReducedExtremumDerivative: Operator {
  /// `espalier::ReducedExtremumDerivative`.
  package static let name: OperatorName = .own("ReducedExtremumDerivative")

  private let input: TensorType

  /// Reads the gradient and the result, which must be broadcast to `X`.
  package init(_ call: Invocation) throws(EspalierError) {
    let x = try call.floatInput(2)
    let (dY, y) = (try call.floatInput(0), try call.floatInput(1))
    guard dY == y, try Broadcast(call).shape == x.shape else {
      throw call.error("a gradient of \(dY) does not fit \(x)")
    }
    input = x
  }

  /// The type of `X`.
  package var outputs: [TensorType] { [input] }
}
