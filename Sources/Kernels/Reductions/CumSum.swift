import EspalierExecution
import EspalierOperators
import EspalierTensors

extension CumSum: PlainOperator {
  /// One addition for each element.
  package func kernel(_ types: OperandTypes) -> any Kernel { kernel(input.elementType.element) }

  private func kernel<Element: Number>(_ type: Element.Type) -> any Kernel {
    let slices = IndexedSlices(input.shape, axis: axis)
    let (size, inner) = (slices.size, slices.inner)
    return FunctionKernel { operands in
      let source = operands.inputs[0]!.elements(as: type)
      let target = operands.outputs[0].elements(as: type)
      for o in 0..<slices.outer {
        for step in 0..<size {
          let here = (o * size + (isReversed ? size - 1 - step : step)) * inner
          let last = here + (isReversed ? inner : -inner)
          for i in 0..<inner {
            let sum = step == 0 ? .zero : target[last + i]
            target[here + i] =
              isExclusive ? .sum(sum, step == 0 ? .zero : source[last + i]) : .sum(sum, source[here + i])
          }
        }
      }
    }
  }
}
