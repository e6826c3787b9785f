import EspalierExecution
import EspalierOperators
import EspalierTensors

extension Gather: PlainOperator {
  /// One copy for each index and each position before the axis.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let slices = IndexedSlices(input.shape, axis: axis)
    let run = slices.inner * types.elementWidth()
    return FunctionKernel { operands in
      let (source, target) = (operands.inputs[0]!.address, operands.outputs[0].address)
      slices.forEach(in: operands.inputs[1]!) { slice, place in
        if let slice {
          (target + place * run).copyMemory(from: source + slice * run, byteCount: run)
        } else {
          (target + place * run).initializeMemory(as: UInt8.self, repeating: 0, count: run)
        }
      }
    }
  }
}

extension GatherDerivative: PlainOperator {
  /// Zeros, and one addition for each element.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    FunctionKernel { [slices] operands in
      let (source, target) = (operands.inputs[0]!.floats, operands.outputs[0].floats)
      target.update(repeating: 0)
      slices.forEach(in: operands.inputs[1]!) { slice, place in
        guard let slice else { return }
        for i in 0..<slices.inner { target[slice * slices.inner + i] += source[place * slices.inner + i] }
      }
    }
  }
}

extension IndexedSlices {
  /// Calls `body(slice, place)` for each position before the axis and each index: the number of the run of `inner`
  /// elements in the tensor, `nil` if the index is out of range, and the number of the run in the result.
  fileprivate func forEach(in indices: Buffer, _ body: (_ slice: Int?, _ place: Int) -> Void) {
    if indices.type.elementType == .int32 {
      forEach(indices.elements(as: Int32.self), body)
    } else {
      forEach(indices.elements(as: Int64.self), body)
    }
  }

  private func forEach<Index: FixedWidthInteger>(
    _ indices: UnsafeMutableBufferPointer<Index>, _ body: (_ slice: Int?, _ place: Int) -> Void
  ) {
    for o in 0..<outer {
      for (position, index) in indices.enumerated() {
        let index = Int(index) < 0 ? Int(index) + size : Int(index)
        body((0..<size).contains(index) ? o * size + index : nil, o * indices.count + position)
      }
    }
  }
}
