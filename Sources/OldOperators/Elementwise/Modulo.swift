import Foundation
import Graph
import Tensors

/// The remainder of a division, element by element, broadcast: `Y = A - B q`. Of whole numbers `q = floor(A / B)`, so that `Y` has the
/// sign of `B`; where the attribute `fmod` is set, as it must be for fractions, `q` is cut off and `Y` has the sign of `A`.
///
/// The remainder of whole numbers by 0 is 0.
public enum Modulo: Operator {
  /// `Mod`.
  public static let name: OperatorName = "Mod"

  /// Each element on its own.
  public static var isElementwise: Bool { true }

  /// The shape both operands broadcast to, of their type.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    _ = try invocation.input(1)
    let type = try invocation.numericInputs().elementType
    guard try invocation.flag("fmod") || !type.isFloatingPoint else {
      throw invocation.error("takes remainders of fractions only with the attribute fmod")
    }
    return [TensorType(try invocation.broadcastShape(), type)]
  }

  /// Axes that are not repeated go with those of the output.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? { try invocation.broadcastAxes() }

  /// One plain loop.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    kernel(
      try invocation.broadcastLoop(), isTruncated: try invocation.flag("fmod"), try invocation.numericInputs().element)
  }

  private static func kernel<Element: Number>(
    _ loop: StridedLoop, isTruncated: Bool, _ type: Element.Type
  ) -> any Kernel {
    FunctionKernel { operands in
      combine(operands, loop) { (a: Element, b: Element) -> Element in
        if Element.elementType.isFloatingPoint { return Element(double: fmod(a.double, b.double)) }
        guard b != .zero else { return .zero }
        let rest = Element.difference(a, .product(b, .quotient(a, b)))
        return !isTruncated && rest != .zero && (rest < .zero) != (b < .zero) ? .sum(rest, b) : rest
      }
    }
  }
}
