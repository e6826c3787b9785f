import EspalierExecution
import EspalierOperators
import EspalierTensors

extension BitShift: PlainOperator {
  /// One plain loop.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    kernel(Broadcasting.loop(types), elementType.element)
  }

  private func kernel<Element: Number>(_ loop: StridedLoop, _ type: Element.Type) -> any Kernel {
    FunctionKernel { operands in
      combine(operands, loop) { (a: Element, b: Element) -> Element in
        let (bits, distance) = (UInt64(bitPattern: a.integer), UInt64(bitPattern: b.integer))
        return Element(integer: Int64(bitPattern: isLeft ? bits << distance : bits >> distance))
      }
    }
  }
}
