import EspalierExecution
import EspalierOperators
import EspalierTensors

extension Cast: PlainOperator {}

extension CastLike: PlainOperator {}

extension CastingOperator where Self: PlainOperator {
  /// One plain loop.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let (from, to) = (input.elementType, target)
    if let rounding { return round(from.element, to: rounding) }
    if from == to { return CopyKernel() }
    if to == .bool { return truth(from.element) }
    // Beyond four bits, numbers wrap around.
    let isWhole = to.isWhole && (from.isWhole || to == .int4 || to == .uint4)
    return cast(from.element, to.element, isWhole: isWhole)
  }

  private func round<Source: Number>(_ source: Source.Type, to type: ElementType) -> any Kernel {
    FunctionKernel { operands in
      let source = operands.inputs[0]!.elements(as: Source.self)
      let target = operands.outputs[0].floats
      for i in 0..<target.count { target[i] = Float(source[i].double).rounded(to: type) }
    }
  }

  private func truth<Source: Number>(_ source: Source.Type) -> any Kernel {
    FunctionKernel { operands in
      let source = operands.inputs[0]!.elements(as: Source.self)
      let target = operands.outputs[0].elements(as: Bool.self)
      for i in 0..<target.count { target[i] = source[i] != .zero }
    }
  }

  private func cast<Source: Number, Target: Number>(
    _ source: Source.Type, _ target: Target.Type, isWhole: Bool
  ) -> any Kernel {
    FunctionKernel { [saturates] operands in
      let source = operands.inputs[0]!.elements(as: Source.self)
      let target = operands.outputs[0].elements(as: Target.self)
      for i in 0..<target.count {
        target[i] =
          isWhole
          ? Target(integer: source[i].integer)
          : Target(double: source[i].double, saturates: saturates)
      }
    }
  }
}
