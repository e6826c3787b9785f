import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Division: `Y = A / B` element by element, broadcast.
package struct Divide: BinaryOperator, DifferentiableOperator {
  /// `Div`.
  package static let name: OperatorName = "Div"

  /// One operand scales the other, as a gate does.
  package static var scales: Bool { true }

  /// The operands.
  package let broadcast: Broadcast
  /// The type of the elements.
  package let elementType: ElementType

  /// Reads the operands.
  package init(_ call: Invocation) throws(EspalierError) {
    (broadcast, elementType) = try call.binaryOperands()
  }

  /// `dA = dY / B`, `dB = -dY Y / B`, each summed over the axes that were broadcast.
  package func differentiate(_ gradients: inout GradientBuilder) {
    let quotient = gradients.add(Divide.name, [gradients.outputGradient, gradients.input(1)])
    if gradients.wants(0) {
      gradients.set(gradients.sumOverRepeats(quotient, ofInput: 0), forInput: 0)
    }
    if gradients.wants(1) {
      let product = gradients.add(Multiply.name, [quotient, gradients.output])
      let negated = gradients.add(Negate.name, [product])
      gradients.set(gradients.sumOverRepeats(negated, ofInput: 1), forInput: 1)
    }
  }
}
