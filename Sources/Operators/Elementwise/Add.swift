import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Addition: `Y = A + B`, broadcast.
package struct Add: BinaryOperator, DifferentiableOperator {
  /// `Add`.
  package static let name: OperatorName = "Add"

  /// A bias.
  package static var parameterInputs: ParameterInputs { .adjustments }

  /// The operands.
  package let broadcast: Broadcast
  /// The type of the elements.
  package let elementType: ElementType

  /// Reads the operands.
  package init(_ call: Invocation) throws(EspalierError) {
    (broadcast, elementType) = try call.binaryOperands()
  }

  /// Nonnegative if all operands are.
  package var sign: Sign { .preserved }

  /// `dA = dY`, `dB = dY`, each summed over the axes that were broadcast.
  package func differentiate(_ gradients: inout GradientBuilder) {
    for position in 0..<2 where gradients.wants(position) {
      gradients.set(gradients.sumOverRepeats(gradients.outputGradient, ofInput: position), forInput: position)
    }
  }
}
