import EspalierFiles
import EspalierGraph

/// A tensor times the attribute `factor`; used by derivatives.
package struct Scale: DifferentiableOperator {
  /// `espalier::Scale`.
  package static let name: OperatorName = .own("Scale")

  /// Each output element depends on a single position of the inputs.
  package static var isElementwise: Bool { true }

  /// The factor.
  package let factor: Float
  private let input: TensorType

  /// Reads `factor` (1 by default).
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
    factor = try call.float("factor", default: 1)
  }

  /// The input's type.
  package var outputs: [TensorType] { [input] }

  /// `dX = factor dY`.
  package func differentiate(_ gradients: inout GradientBuilder) {
    gradients.set(gradients.add(Self.name, [gradients.outputGradient], gradients.attributes), forInput: 0)
  }
}
