import Graph

/// Subtraction: `Y = A - B`, broadcast.
public enum Subtract: BinaryOperator {
  /// `Sub`.
  public static let name: OperatorName = "Sub"

  /// `a - b`; whole numbers wrap around.
  public static func value<Element: Number>(_ a: Element, _ b: Element) -> Element { .difference(a, b) }

  /// `dA = dY`, `dB = -dY`, each summed over what was broadcast.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let dY = gradients.outputGradient
    if gradients.wants(0) {
      gradients.set(try gradients.sumOverRepeats(dY, ofInput: 0), forInput: 0)
    }
    if gradients.wants(1) {
      let negated = gradients.add(Negate.name, [dY])
      gradients.set(try gradients.sumOverRepeats(negated, ofInput: 1), forInput: 1)
    }
  }
}
