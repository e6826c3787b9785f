import Foundation
import Graph
import Tensors

/// The power: `Y = A^B` element by element, broadcast, of the type of `A`; `B` may be of another.
public enum Power: PowerFunction {
  /// `Pow`.
  public static let name: OperatorName = "Pow"

  /// `a^b`.
  public static func value(_ a: Double, _ b: Double) -> Double { b == 2 ? a * a : pow(a, b) }

  /// `dA = dY B A^(B - 1)`, `dB = dY Y log(A)`, each summed over what was broadcast.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let dY = gradients.outputGradient
    if gradients.wants(0) {
      let slope = gradients.add(PowerDerivative.name, [gradients.input(0), gradients.input(1)])
      let product = gradients.add(Multiply.name, [dY, slope])
      gradients.set(try gradients.sumOverRepeats(product, ofInput: 0), forInput: 0)
    }
    if gradients.wants(1) {
      let logarithm = gradients.add(Logarithm.name, [gradients.input(0)])
      let slope = gradients.add(Multiply.name, [gradients.output, logarithm])
      let product = gradients.add(Multiply.name, [dY, slope])
      gradients.set(try gradients.sumOverRepeats(product, ofInput: 1), forInput: 1)
    }
  }
}

/// The derivative of a power by its base: `B A^(B - 1)`.
public enum PowerDerivative: PowerFunction {
  /// `espalier::PowDerivative`.
  public static let name: OperatorName = .own("PowDerivative")

  /// `b a^(b - 1)`.
  public static func value(_ a: Double, _ b: Double) -> Double { b == 0 ? 0 : b == 2 ? 2 * a : b * pow(a, b - 1) }
}

/// A function of a base and an exponent that may be of another type, computed in double precision.
public protocol PowerFunction: Operator {
  /// `f(a, b)`.
  static func value(_ a: Double, _ b: Double) -> Double
}

extension PowerFunction {
  /// Each element on its own.
  public static var isElementwise: Bool { true }

  /// The shape both operands broadcast to, of the base's type.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let base = try invocation.input(0).elementType
    _ = (try invocation.number(base), try invocation.number(try invocation.input(1).elementType))
    return [TensorType(try invocation.broadcastShape(), base)]
  }

  /// Axes that are not repeated go with those of the output.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? { try invocation.broadcastAxes() }

  /// One plain loop.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let (base, exponent) = (try invocation.input(0).elementType, try invocation.input(1).elementType)
    let loop = try invocation.broadcastLoop()
    if base == .float32, exponent == .float32 { return kernel(loop, Float.self, Float.self) }
    return kernel(loop, try invocation.number(base), try invocation.number(exponent))
  }

  private static func kernel<Base: Number, Exponent: Number>(
    _ loop: StridedLoop, _ base: Base.Type, _ exponent: Exponent.Type
  ) -> any Kernel {
    FunctionKernel { operands in
      combine(operands, loop) { (a: Base, b: Exponent) -> Base in Base(double: value(a.double, b.double)) }
    }
  }
}
