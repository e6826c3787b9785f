import Graph

/// Subtraction: `Y = A - B`, broadcast.
public enum Subtract: BinaryOperator {
  /// `Sub`.
  public static let name: OperatorName = "Sub"

  /// `a - b`.
  public static func value(_ a: Float, _ b: Float) -> Float { a - b }

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
