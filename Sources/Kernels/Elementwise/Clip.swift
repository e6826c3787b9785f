import EspalierExecution
import EspalierOperators
import EspalierTensors

extension Clip: PlainOperator {
  /// One plain loop.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let type = types.outputs[0].elementType
    // Named explicitly, so that the compiler specialises the loop for it.
    return type == .float32 ? kernel(Float.self) : kernel(type.element)
  }

  private func kernel<Element: Number>(_ type: Element.Type) -> any Kernel {
    FunctionKernel { operands in
      let (least, greatest) = standard.bounds(of: operands, type)
      let (source, target) = (operands.inputs[0]!.elements(as: type), operands.outputs[0].elements(as: type))
      for i in 0..<target.count {
        let raised = source[i] < least ? least : source[i]
        target[i] = raised > greatest ? greatest : raised
      }
    }
  }
}

extension ClipDerivative: PlainOperator {
  /// One plain loop.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    FunctionKernel { operands in
      let (least, greatest) = standard.bounds(of: operands, Float.self)
      let (x, dY, target) = (operands.inputs[0]!.floats, operands.inputs[3]!.floats, operands.outputs[0].floats)
      for i in 0..<target.count { target[i] = x[i] > least && x[i] < greatest ? dY[i] : 0 }
    }
  }
}

extension Clip.StatedBounds {
  /// The bounds of one run, from the inputs after the first, or from the attributes.
  fileprivate func bounds<Element: Number>(
    of operands: Operands, _ type: Element.Type
  ) -> (least: Element, greatest: Element) {
    func bound(_ position: Int, _ standard: Float) -> Element {
      let input = position < operands.inputs.count ? operands.inputs[position] : nil
      return input?.elements(as: type)[0] ?? Element(double: Double(standard))
    }
    return (bound(1, least), bound(2, greatest))
  }
}
