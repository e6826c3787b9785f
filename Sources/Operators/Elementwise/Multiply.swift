import Files
import Graph
import Tensors

/// Multiplication: `Y = A B` element by element, broadcast.
public struct Multiply: BinaryOperator, DifferentiableOperator {
  /// `Mul`.
  public static let name: OperatorName = "Mul"

  /// As gates do.
  public static var scales: Bool { true }

  /// A scale.
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

  /// `dA = dY B`, `dB = dY A`, each summed over what was broadcast.
  public func differentiate(_ gradients: inout GradientBuilder) {
    for position in 0..<2 where gradients.wants(position) {
      let product = gradients.add(Multiply.name, [gradients.outputGradient, gradients.input(1 - position)])
      gradients.set(gradients.sumOverRepeats(product, ofInput: position), forInput: position)
    }
  }
}
