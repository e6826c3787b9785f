import EspalierExecution
import EspalierOperators
import EspalierTensors

extension GatherND: PlainOperator {
  /// One copy for each tuple.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let walk = PickedSliceWalk(slices)
    let width = types.elementWidth()
    let run = walk.size * width
    return FunctionKernel { operands in
      let (source, target) = (operands.inputs[0]!.address, operands.outputs[0].address)
      operands.outputs[0].clear()
      walk.forEach(in: operands.inputs[1]!) { start, position in
        if let start { (target + position * run).copyMemory(from: source + start * width, byteCount: run) }
      }
    }
  }
}

extension GatherNDDerivative: PlainOperator {
  /// Zeros, and one addition for each element.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let walk = PickedSliceWalk(slices)
    return FunctionKernel { operands in
      let (source, target) = (operands.inputs[0]!.floats, operands.outputs[0].floats)
      target.update(repeating: 0)
      walk.forEach(in: operands.inputs[1]!) { start, position in
        guard let start else { return }
        for i in 0..<walk.size { target[start + i] += source[position * walk.size + i] }
      }
    }
  }
}
