import Files
import Graph
import Tensors

/// The sum of any number of tensors, element by element, broadcast.
public struct Sum: VariadicOperator {
  /// `Sum`.
  public static let name: OperatorName = "Sum"

  /// The operands.
  public let broadcast: Broadcast
  /// The type of the elements.
  public let elementType: ElementType

  /// Reads the operands.
  public init(_ call: Invocation) throws(EspalierError) {
    broadcast = try Broadcast(call)
    elementType = try call.numericElementType()
  }

  /// Not negative where no operand is.
  public var sign: Sign { .preserved }

  /// `dY` for each, summed over what was broadcast.
  public func differentiate(_ gradients: inout GradientBuilder) {
    for position in gradients.node.inputs.indices where gradients.wants(position) {
      gradients.set(gradients.sumOverRepeats(gradients.outputGradient, ofInput: position), forInput: position)
    }
  }
}
