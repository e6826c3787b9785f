import Graph

/// Division: `Y = A / B` element by element, broadcast.
public enum Divide: BinaryOperator {
  /// `Div`.
  public static let name: OperatorName = "Div"

  /// As gates do.
  public static var scales: Bool { true }

  /// `a / b`; of whole numbers what is nearer to 0, and `a` where `b` is 0.
  public static func value<Element: Number>(_ a: Element, _ b: Element) -> Element { .quotient(a, b) }

  /// `dA = dY / B`, `dB = -dY Y / B`, each summed over what was broadcast.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let quotient = gradients.add(Divide.name, [gradients.outputGradient, gradients.input(1)])
    if gradients.wants(0) {
      gradients.set(try gradients.sumOverRepeats(quotient, ofInput: 0), forInput: 0)
    }
    if gradients.wants(1) {
      let product = gradients.add(Multiply.name, [quotient, gradients.output])
      let negated = gradients.add(Negate.name, [product])
      gradients.set(try gradients.sumOverRepeats(negated, ofInput: 1), forInput: 1)
    }
  }
}
