import Graph
import Tensors

/// The rectifier with a learned slope: `Y = X` where `X >= 0`, else `S X`, with the slope `S` broadcast to `X`.
public enum PRelu: BinaryOperator {
  /// `PRelu`.
  public static let name: OperatorName = "PRelu"

  /// The slopes.
  public static var parameterInputs: ParameterInputs { .at(1..<2) }

  /// The type of `X`.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let (x, slope) = (try invocation.input(0), try invocation.input(1).shape)
    guard try invocation.broadcastShape() == x.shape else {
      throw invocation.error("slopes of shape \(slope) do not fit \(x.shape)")
    }
    return [TensorType(x.shape, try invocation.numericInputs().elementType)]
  }

  /// `a`, or `a b` below 0.
  public static func value<Element: Number>(_ a: Element, _ b: Element) -> Element {
    a < .zero ? .product(a, b) : a
  }

  /// `dX = dY`, or `S dY` where `X <= 0`; `dS = dY min(X, 0)`, summed over what was broadcast.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let dY = gradients.outputGradient
    if gradients.wants(0) {
      let slope = gradients.add(PReluDerivative.name, [gradients.input(0), gradients.input(1)])
      gradients.set(gradients.add(Multiply.name, [dY, slope]), forInput: 0)
    }
    if gradients.wants(1) {
      let opposite = gradients.add(Relu.name, [gradients.add(Negate.name, [gradients.input(0)])])
      let product = gradients.add(Multiply.name, [dY, gradients.add(Negate.name, [opposite])])
      gradients.set(try gradients.sumOverRepeats(product, ofInput: 1), forInput: 1)
    }
  }
}

/// The slope of ``PRelu`` at each element: 1, or `S` where `X <= 0`.
public enum PReluDerivative: BinaryOperator {
  /// `espalier::PReluDerivative`.
  public static let name: OperatorName = .own("PReluDerivative")

  /// 1, or `b` where `a <= 0`.
  public static func value<Element: Number>(_ a: Element, _ b: Element) -> Element {
    a > .zero ? Element(integer: 1) : b
  }
}
