import EspalierExecution
import EspalierOperators
import EspalierTensors

extension StatedOperator: PlainOperator {
  /// One copy of the first input to each output; element by element where a mixed axis changes its size.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let (source, result) = (types.shape(ofInput: 0), outputs[0].shape)
    let width = types.elementWidth()
    guard source != result else {
      return FunctionKernel { operands in
        for output in operands.outputs {
          output.address.copyMemory(from: operands.inputs[0]!.address, byteCount: result.elementCount * width)
        }
      }
    }
    // For each axis, the distance in elements from the start of the input, place by place.
    let distances = result.indices.map { axis in
      (0..<result[axis]).map { $0 * source[axis] / result[axis] * source.strides[axis] }
    }
    return FunctionKernel { operands in
      let places = distances.reduce([0]) { starts, axis in starts.flatMap { start in axis.map { start + $0 } } }
      let from = operands.inputs[0]!.address
      for output in operands.outputs {
        for (place, element) in places.enumerated() {
          (output.address + place * width).copyMemory(from: from + element * width, byteCount: width)
        }
      }
    }
  }
}
