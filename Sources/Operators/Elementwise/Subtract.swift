import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Subtraction: `Y = A - B`, broadcast.
package struct Subtract: BinaryOperator, DifferentiableOperator {
  /// `Sub`.
  package static let name: OperatorName = "Sub"

  /// The operands.
  package let broadcast: Broadcast
  /// The type of the elements.
  package let elementType: ElementType

  /// Reads the operands.
  package init(_ call: Invocation) throws(EspalierError) {
    (broadcast, elementType) = try call.binaryOperands()
  }

  /// `dA = dY`, `dB = -dY`, each summed over the axes that were broadcast.
  package func differentiate(_ gradients: inout GradientBuilder) {
    let dY = gradients.outputGradient
    if gradients.wants(0) {
      gradients.set(gradients.sumOverRepeats(dY, ofInput: 0), forInput: 0)
    }
    if gradients.wants(1) {
      let negated = gradients.add(Negate.name, [dY])
      gradients.set(gradients.sumOverRepeats(negated, ofInput: 1), forInput: 1)
    }
  }
}
