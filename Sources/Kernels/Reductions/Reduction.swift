import EspalierExecution
import EspalierOperators
import EspalierTensors

extension ReduceSum: PlainOperator {}

extension ReduceMean: PlainOperator {}

extension Reduction where Self: PlainOperator {
  /// One pass over the input.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let input = reduced.input
    if input.elementType == .float32 { return StridedSum(of: input.shape, to: reduced.kept, factor: factor) }
    return kernel(divisor: factor != 1 ? Double(reduced.count) : 1, input.elementType.element)
  }

  /// One pass for other types of numbers; whole-number results are rounded towards 0.
  private func kernel<Element: Number>(divisor: Double, _ type: Element.Type) -> any Kernel {
    let loop = reduced.loop
    let step = loop.step(0)
    return FunctionKernel { operands in
      let source = operands.inputs[0]!.elements(as: type)
      let target = operands.outputs[0].elements(as: type)
      target.update(repeating: .zero)
      loop.forEachRun { start, count, offsets in
        for i in 0..<count {
          let place = offsets[0] + i * step
          target[place] = .sum(target[place], source[start + i])
        }
      }
      if divisor != 1 { for i in 0..<target.count { target[i] = Element(double: target[i].double / divisor) } }
    }
  }
}
