import EspalierExecution
import EspalierOperators
import EspalierTensors

extension NonZero: PlainOperator {
  /// Writes the indices.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let strides = input.strides
    return FunctionKernel { [input, places] operands in
      let target = operands.outputs[0].elements(as: Int64.self)
      for axis in input.indices {
        for (column, place) in places.enumerated() {
          target[axis * places.count + column] = Int64(place / strides[axis] % input[axis])
        }
      }
    }
  }
}
