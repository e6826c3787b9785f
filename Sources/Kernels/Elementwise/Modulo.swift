import EspalierExecution
import EspalierOperators
import EspalierTensors
import Foundation

extension Modulo: PlainOperator {
  /// One plain loop.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    kernel(Broadcasting.loop(types), types.outputs[0].elementType.element)
  }

  private func kernel<Element: Number>(_ loop: StridedLoop, _ type: Element.Type) -> any Kernel {
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
