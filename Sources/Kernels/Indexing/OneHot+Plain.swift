import EspalierExecution
import EspalierOperators
import EspalierTensors

extension OneHot: PlainOperator {
  /// One pass over the output.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    Self.kernel(
      IndexedSlices(outputs[0].shape, axis: axis), types.inputs[0]!.elementType.number!, outputs[0].elementType.moved)
  }

  private static func kernel<Index: Number, Element: TensorElement>(
    _ slices: IndexedSlices, _ index: Index.Type, _ element: Element.Type
  ) -> any Kernel {
    FunctionKernel { operands in
      let indices = operands.inputs[0]!.elements(as: index)
      let values = operands.inputs[2]!.elements(as: element)
      let target = operands.outputs[0].elements(as: element)
      target.update(repeating: values[0])
      for o in 0..<slices.outer {
        for i in 0..<slices.inner {
          var place = Int(indices[o * slices.inner + i].integer)
          if place < 0 { place += slices.size }
          if (0..<slices.size).contains(place) { target[(o * slices.size + place) * slices.inner + i] = values[1] }
        }
      }
    }
  }
}
