import EspalierExecution
import EspalierOperators
import EspalierTensors

extension ScatterElements: PlainOperator {
  /// One copy, then one operation for each update.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    Self.kernel(PickedElementWalk(elements), reduction, reduction.number(outputs[0].elementType))
  }

  private static func kernel<Element: Number>(
    _ walk: PickedElementWalk, _ reduction: ScatterReduction, _ type: Element.Type
  ) -> any Kernel {
    FunctionKernel { operands in
      CopyKernel().run(operands)
      let updates = operands.inputs[2]!.elements(as: type)
      let target = operands.outputs[0].elements(as: type)
      walk.forEach(in: operands.inputs[1]!) { element, position in
        if let element { target[element] = reduction.value(target[element], updates[position]) }
      }
    }
  }
}

extension ScatterND: PlainOperator {
  /// One copy, then one operation for each element of the updates.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    Self.kernel(PickedSliceWalk(slices), reduction, reduction.number(outputs[0].elementType))
  }

  private static func kernel<Element: Number>(
    _ walk: PickedSliceWalk, _ reduction: ScatterReduction, _ type: Element.Type
  ) -> any Kernel {
    FunctionKernel { operands in
      CopyKernel().run(operands)
      let updates = operands.inputs[2]!.elements(as: type)
      let target = operands.outputs[0].elements(as: type)
      walk.forEach(in: operands.inputs[1]!) { start, position in
        guard let start else { return }
        for i in 0..<walk.size {
          target[start + i] = reduction.value(target[start + i], updates[position * walk.size + i])
        }
      }
    }
  }
}

extension ScatterReduction {
  /// The result of combining `element` with `update`.
  @inline(__always)
  fileprivate func value<Element: Number>(_ element: Element, _ update: Element) -> Element {
    switch self {
    case .replace: update
    case .add: .sum(element, update)
    case .multiply: .product(element, update)
    case .maximum: Maximum.value(element, update)
    case .minimum: Minimum.value(element, update)
    }
  }

  /// The type a kernel computes with; for updates that only replace, whole numbers of the same width.
  fileprivate func number(_ type: ElementType) -> any Number.Type { self == .replace ? type.moved : type.number! }
}
