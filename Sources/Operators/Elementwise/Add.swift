import Files
import Graph
import Tensors

/// Addition: `Y = A + B`, broadcast.
public struct Add: BinaryOperator, DifferentiableOperator {
  /// `Add`.
  public static let name: OperatorName = "Add"

  /// A bias.
  public static var parameterInputs: ParameterInputs { .adjustments }

  /// The operands.
  public let broadcast: Broadcast
  /// The type of the elements.
  public let elementType: ElementType

  /// Reads the operands.
  public init(_ call: Invocation) throws(EspalierError) {
    (broadcast, elementType) = try call.binaryOperands()
  }

  /// Not negative where no operand is.
  public var sign: Sign { .preserved }

  /// `dA = dY`, `dB = dY`, each summed over what was broadcast.
  public func differentiate(_ gradients: inout GradientBuilder) {
    for position in 0..<2 where gradients.wants(position) {
      gradients.set(gradients.sumOverRepeats(gradients.outputGradient, ofInput: position), forInput: position)
    }
  }
}
