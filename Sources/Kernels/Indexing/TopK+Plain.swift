import EspalierExecution
import EspalierOperators
import EspalierTensors

extension TopK: PlainOperator {
  /// A sort of each row.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    Self.kernel(
      IndexedSlices(input, axis: axis), count: outputs[0].shape[axis], takesLargest: takesLargest,
      outputs[0].elementType.number!)
  }

  private static func kernel<Element: Number>(
    _ slices: IndexedSlices, count: Int, takesLargest: Bool, _ type: Element.Type
  ) -> any Kernel {
    FunctionKernel { operands in
      let source = operands.inputs[0]!.elements(as: type)
      let values = operands.outputs[0].elements(as: type)
      let indices = operands.outputs.count > 1 ? operands.outputs[1].elements(as: Int64.self) : nil
      for o in 0..<slices.outer {
        for i in 0..<slices.inner {
          let first = o * slices.size * slices.inner + i
          let order = (0..<slices.size).sorted { a, b in
            let (x, y) = (source[first + a * slices.inner], source[first + b * slices.inner])
            return x == y ? a < b : takesLargest ? x > y : x < y
          }
          for place in 0..<count {
            let target = (o * count + place) * slices.inner + i
            values[target] = source[first + order[place] * slices.inner]
            indices?[target] = Int64(order[place])
          }
        }
      }
    }
  }
}
