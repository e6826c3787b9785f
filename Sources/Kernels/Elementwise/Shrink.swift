import EspalierExecution
import EspalierOperators
import EspalierTensors

extension Shrink: PlainFunction {
  /// `x` moved towards 0 by `bias`, or 0 up to the threshold.
  package func value(_ x: Float) -> Float { Float(value(of: x.double)) }

  /// 1 beyond the threshold, and 0 up to it.
  package func derivative(_ x: Float, _ y: Float) -> Float { abs(x.double) > threshold ? 1 : 0 }

  private func value(of x: Double) -> Double { x < -threshold ? x + bias : x > threshold ? x - bias : 0 }

  /// One plain loop, for every numeric type.
  package func kernel(_ types: OperandTypes) -> any Kernel { kernel(types.outputs[0].elementType.element) }

  private func kernel<Element: Number>(_ type: Element.Type) -> any Kernel {
    FunctionKernel { operands in
      let source = operands.inputs[0]!.elements(as: type)
      let target = operands.outputs[0].elements(as: type)
      for i in 0..<target.count { target[i] = Element(double: value(of: source[i].double)) }
    }
  }
}
