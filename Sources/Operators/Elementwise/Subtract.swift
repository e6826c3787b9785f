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
      gradients.set(gradients.sum(dY, to: try gradients.invocation.input(0).shape), forInput: 0)
    }
    if gradients.wants(1) {
      let negated = gradients.add(Negate.name, [dY])
      gradients.set(gradients.sum(negated, to: try gradients.invocation.input(1).shape), forInput: 1)
    }
  }
}
