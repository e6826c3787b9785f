import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The product over axes: `Y = product X`.
package struct ReduceProd: FoldedReduction {
  /// `ReduceProd`.
  package static let name: OperatorName = "ReduceProd"

  /// The axes.
  package let reduced: ReducedAxes

  /// Reads the axes.
  package init(_ call: Invocation) throws(EspalierError) {
    reduced = try ReducedAxes(call)
  }

  /// `dY` times the product of all other elements.
  package func gradient(_ gradients: inout GradientBuilder, dY: String, y: String) -> String {
    gradients.add(ReduceProdDerivative.name, [dY, gradients.input(0)])
  }
}

/// The derivative of ``ReduceProd``: `dY` times the product of all other elements along the axes. Inputs `dY`, with the
/// axes of size 1, and `X`.
package struct ReduceProdDerivative: Operator {
  /// `espalier::ReduceProdDerivative`.
  package static let name: OperatorName = .own("ReduceProdDerivative")

  private let input: TensorType

  /// Reads the gradient, which must be broadcast to `X`.
  package init(_ call: Invocation) throws(EspalierError) {
    let (dY, x) = (try call.floatInput(0), try call.floatInput(1))
    guard try Broadcast(call).shape == x.shape else { throw call.error("a gradient of \(dY) does not fit \(x)") }
    input = x
  }

  /// The type of `X`.
  package var outputs: [TensorType] { [input] }
}
