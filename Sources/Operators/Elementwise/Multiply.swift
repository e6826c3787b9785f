import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Multiplication: `Y = A B` element by element, broadcast.
package struct Multiply: BinaryOperator, DifferentiableOperator {
  /// `Mul`.
  package static let name: OperatorName = "Mul"

  /// One operand scales the other, as a gate does.
  package static var scales: Bool { true }

  /// A scale.
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

  /// `dA = dY B`, `dB = dY A`, each summed over the axes that were broadcast.
  package func differentiate(_ gradients: inout GradientBuilder) {
    for position in 0..<2 where gradients.wants(position) {
      let product = gradients.add(Multiply.name, [gradients.outputGradient, gradients.input(1 - position)])
      gradients.set(gradients.sumOverRepeats(product, ofInput: position), forInput: position)
    }
  }
}
