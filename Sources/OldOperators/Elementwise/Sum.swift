import Graph

/// The sum of any number of tensors, element by element, broadcast.
public enum Sum: VariadicOperator {
  /// `Sum`.
  public static let name: OperatorName = "Sum"

  /// `a + b`.
  public static func value<Element: Number>(_ a: Element, _ b: Element) -> Element { .sum(a, b) }

  /// `dY` for each, summed over what was broadcast.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    for position in gradients.invocation.inputs.indices where gradients.wants(position) {
      gradients.set(try gradients.sumOverRepeats(gradients.outputGradient, ofInput: position), forInput: position)
    }
  }
}
