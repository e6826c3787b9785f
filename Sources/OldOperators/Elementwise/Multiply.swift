import Graph

/// Multiplication: `Y = A B` element by element, broadcast.
public enum Multiply: BinaryOperator {
  /// `Mul`.
  public static let name: OperatorName = "Mul"

  /// As gates do.
  public static var scales: Bool { true }

  /// A scale.
  public static var parameterInputs: ParameterInputs { .adjustments }

  /// `a b`.
  public static func value<Element: Number>(_ a: Element, _ b: Element) -> Element { .product(a, b) }

  /// `dA = dY B`, `dB = dY A`, each summed over what was broadcast.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    for position in 0..<2 where gradients.wants(position) {
      let product = gradients.add(Multiply.name, [gradients.outputGradient, gradients.input(1 - position)])
      gradients.set(try gradients.sumOverRepeats(product, ofInput: position), forInput: position)
    }
  }
}
