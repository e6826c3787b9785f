import EspalierExecution
import EspalierOperators
import EspalierTensors

extension MatMulNBits: PlainOperator {
  /// Column by column: its weights are decoded once, and multiplied with every row.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    FunctionKernel { [self] operands in
      let (a, y) = (operands.inputs[0]!.floats, operands.outputs[0].floats)
      let bias = hasBias ? operands.inputs[5]!.floats : nil
      let places = hasIndices ? operands.inputs[4]!.elements(as: Int32.self) : nil
      var weights = [Float](repeating: 0, count: inner)
      for column in 0..<columns {
        decode(column, operands, places, into: &weights)
        for row in 0..<source.elementCount / inner {
          var sum: Float = 0
          for k in 0..<inner { sum += a[row * inner + k] * weights[k] }
          y[row * columns + column] = sum + (bias?[column] ?? 0)
        }
      }
    }
  }

  /// Writes the weights of a column.
  private func decode(
    _ column: Int, _ operands: Operands, _ places: UnsafeMutableBufferPointer<Int32>?, into weights: inout [Float]
  ) {
    let (stored, scales) = (operands.inputs[1]!.elements(as: UInt8.self), operands.inputs[2]!.floats)
    for k in 0..<inner {
      // Blocks that follow from data are kept within what is there.
      let block = places.map { min(max(Int($0[k]), 0), blocks - 1) } ?? k / blockSize
      let own = (column * blocks + k / blockSize) * blockBytes
      let number = number(k % blockSize, stored, from: own)
      weights[k] = (Float(number) - zero(column, block, operands)) * scales[column * blocks + block]
    }
  }

  /// The number at `position` behind the byte `start`.
  private func number(_ position: Int, _ bytes: UnsafeMutableBufferPointer<UInt8>, from start: Int) -> UInt8 {
    let bit = position * bits
    return bytes[start + bit / 8] >> UInt8(bit % 8) & UInt8(truncatingIfNeeded: 1 << bits - 1)
  }

  private func zero(_ column: Int, _ block: Int, _ operands: Operands) -> Float {
    switch zeroType {
    case nil: Float(1 << (bits - 1))
    case .uint8?: Float(number(block, operands.inputs[3]!.elements(as: UInt8.self), from: column * zeroBytes))
    default: operands.inputs[3]!.floats[column * blocks + block]
    }
  }
}
