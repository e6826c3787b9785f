import Graph

/// Addition: `Y = A + B`, broadcast.
public enum Add: BinaryOperator {
  /// `Add`.
  public static let name: OperatorName = "Add"

  /// A bias.
  public static var parameterInputs: ParameterInputs { .adjustments }

  /// `a + b`; whole numbers wrap around.
  public static func value<Element: Number>(_ a: Element, _ b: Element) -> Element { .sum(a, b) }

  /// `dA = dY`, `dB = dY`, each summed over what was broadcast.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    for position in 0..<2 where gradients.wants(position) {
      gradients.set(try gradients.sumOverRepeats(gradients.outputGradient, ofInput: position), forInput: position)
    }
  }
}
