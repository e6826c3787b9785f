import EspalierExecution
import EspalierOperators
import EspalierTensors

extension EyeLike: PlainOperator {
  /// Ones along the diagonal of zeros.
  package func kernel(_ types: OperandTypes) -> any Kernel { kernel(outputs[0].elementType.element) }

  private func kernel<Element: Number>(_ type: Element.Type) -> any Kernel {
    let (rows, columns) = (outputs[0].shape[0], outputs[0].shape[1])
    return FunctionKernel { [diagonal] operands in
      let target = operands.outputs[0].elements(as: type)
      target.update(repeating: .zero)
      for row in 0..<rows where (-row..<columns - row).contains(diagonal) {
        target[row * columns + row + diagonal] = Element(integer: 1)
      }
    }
  }
}
