import EspalierExecution
import EspalierOperators
import EspalierTensors
import Foundation

/// A function of a base and an exponent in plain Swift, computed in double precision.
package protocol PowerFunction: PowerOperator, PlainOperator {
  /// `f(a, b)`.
  static func value(_ a: Double, _ b: Double) -> Double
}

extension PowerFunction {
  /// One plain loop.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let (base, exponent) = (types.outputs[0].elementType, types.inputs[1]!.elementType)
    let loop = Broadcasting.loop(types)
    // Named explicitly, so that the compiler specialises the loop for it.
    if base == .float32, exponent == .float32 { return Self.kernel(loop, Float.self, Float.self) }
    return Self.kernel(loop, base.element, exponent.element)
  }

  private static func kernel<Base: Number, Exponent: Number>(
    _ loop: StridedLoop, _ base: Base.Type, _ exponent: Exponent.Type
  ) -> any Kernel {
    FunctionKernel { operands in
      combine(operands, loop) { (a: Base, b: Exponent) -> Base in Base(double: value(a.double, b.double)) }
    }
  }
}

extension Power: PowerFunction {
  /// `a^b`.
  package static func value(_ a: Double, _ b: Double) -> Double { b == 2 ? a * a : pow(a, b) }
}

extension PowerDerivative: PowerFunction {
  /// `b a^(b - 1)`.
  package static func value(_ a: Double, _ b: Double) -> Double { b == 0 ? 0 : b == 2 ? 2 * a : b * pow(a, b - 1) }
}
