import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The sum of any number of tensors, element by element, broadcast.
package struct Sum: VariadicOperator {
  /// `Sum`.
  package static let name: OperatorName = "Sum"

  /// The operands.
  package let broadcast: Broadcast
  /// The type of the elements.
  package let elementType: ElementType

  /// Reads the operands.
  package init(_ call: Invocation) throws(EspalierError) {
    broadcast = try Broadcast(call)
    elementType = try call.numericElementType()
  }

  /// Nonnegative if all operands are.
  package var sign: Sign { .preserved }

  /// `dY` for each, summed over the axes that were broadcast.
  package func differentiate(_ gradients: inout GradientBuilder) {
    for position in gradients.node.inputs.indices where gradients.wants(position) {
      gradients.set(gradients.sumOverRepeats(gradients.outputGradient, ofInput: position), forInput: position)
    }
  }
}
