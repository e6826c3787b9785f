import EspalierExecution
import EspalierOperators
import EspalierTensors

extension Einsum: PlainOperator {
  /// Plain loops over all indices, summed in double precision.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    Self.kernel(loop(equation.output), loop(equation.summed), outputs[0].elementType.number!)
  }

  private static func kernel<Element: Number>(
    _ outer: StridedLoop, _ inner: StridedLoop, _ type: Element.Type
  ) -> any Kernel {
    FunctionKernel { operands in
      let sources = operands.inputs.map { $0!.elements(as: type) }
      let target = operands.outputs[0].elements(as: type)
      outer.forEachRun { start, count, offsets in
        for i in 0..<count {
          var sum = 0.0
          inner.forEachRun { _, count, places in
            for j in 0..<count {
              var product = 1.0
              for (position, source) in sources.enumerated() {
                let place = offsets[position] + i * outer.step(position) + places[position] + j * inner.step(position)
                product *= source[place].double
              }
              sum += product
            }
          }
          target[start + i] = Element(double: sum)
        }
      }
    }
  }

  /// A loop over the values of `indices` and all operands.
  private func loop(_ indices: [Character]) -> StridedLoop {
    StridedLoop(
      Shape(indices.map { equation.sizes[$0]! }),
      strides: operands.indices.map { position in indices.map { stride(of: position, along: $0) } })
  }

  /// The stride of an operand along `index`, in elements: 0 if it is repeated.
  private func stride(of operand: Int, along index: Character) -> Int {
    let shape = operands[operand]
    return shape.indices.filter { equation.operands[operand][$0] == index && shape[$0] != 1 }.reduce(0) {
      $0 + shape.strides[$1]
    }
  }
}
