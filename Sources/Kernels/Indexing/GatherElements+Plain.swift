import EspalierExecution
import EspalierOperators
import EspalierTensors

extension GatherElements: PlainOperator {
  /// One copy for each index.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    Self.kernel(PickedElementWalk(elements), outputs[0].elementType.moved)
  }

  private static func kernel<Element: TensorElement>(_ walk: PickedElementWalk, _ type: Element.Type) -> any Kernel {
    FunctionKernel { operands in
      let source = operands.inputs[0]!.elements(as: type)
      let target = operands.outputs[0]
      target.clear()
      let places = target.elements(as: type)
      walk.forEach(in: operands.inputs[1]!) { element, position in
        if let element { places[position] = source[element] }
      }
    }
  }
}

extension GatherElementsDerivative: PlainOperator {
  /// Zeros, and one addition for each element.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let walk = PickedElementWalk(elements)
    return FunctionKernel { operands in
      let (source, target) = (operands.inputs[0]!.floats, operands.outputs[0].floats)
      target.update(repeating: 0)
      walk.forEach(in: operands.inputs[1]!) { element, position in
        if let element { target[element] += source[position] }
      }
    }
  }
}
