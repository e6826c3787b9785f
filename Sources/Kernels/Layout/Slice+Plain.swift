import EspalierExecution
import EspalierOperators
import EspalierTensors

extension Slice: BlockCopyOperator {
  /// One strided copy.
  package func kernel(_ types: OperandTypes, in order: AxisOrder) -> any Kernel {
    let copy = StridedCopy(
      outputs[0].shape, from: SliceRange.layout(ranges, order.strides(of: types.shape(ofInput: 0))),
      to: .init(order.strides(of: outputs[0].shape)), width: types.elementWidth())
    return FunctionKernel { copy.run(from: $0.inputs[0]!.address, to: $0.outputs[0].address) }
  }
}

extension SliceDerivative: BlockCopyOperator {
  /// Zeros, and one strided copy.
  package func kernel(_ types: OperandTypes, in order: AxisOrder) -> any Kernel {
    let source = types.shape(ofInput: 0)
    let copy = StridedCopy(
      source, from: .init(order.strides(of: source)),
      to: SliceRange.layout(ranges, order.strides(of: outputs[0].shape)), width: 4)
    return FunctionKernel { operands in
      operands.outputs[0].floats.update(repeating: 0)
      copy.run(from: operands.inputs[0]!.address, to: operands.outputs[0].address)
    }
  }
}

extension SliceRange {
  /// The layout of the elements that `ranges` selects from a tensor with these strides.
  fileprivate static func layout(_ ranges: [SliceRange], _ strides: [Int]) -> StridedCopy.Layout {
    let offset = zip(ranges, strides).reduce(0) { $0 + $1.0.start * $1.1 }
    return StridedCopy.Layout(offset: offset, zip(ranges, strides).map { $0.step * $1 })
  }
}
