import EspalierExecution
import EspalierOperators
import EspalierTensors

extension RNN: PlainOperator {}
extension GRU: PlainOperator {}
extension LSTM: PlainOperator {}

extension RecurrentOperator where Self: PlainOperator {
  /// Step by step, the product with W before each.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    FunctionKernel { [layer] operands in
      let x = operands.inputs[0]!.floats.baseAddress!
      let w = operands.inputs[1]!.floats.baseAddress!
      let (rows, width) = (layer.cell.gates * layer.units, layer.width)
      var products = [Float](repeating: 0, count: rows)
      layer.run(operands) { place, direction, step in
        for row in 0..<rows {
          var sum: Float = 0
          for k in 0..<width { sum += w[(direction * rows + row) * width + k] * x[place * width + k] }
          products[row] = sum
        }
        products.withUnsafeBufferPointer { step($0.baseAddress!) }
      }
    }
  }
}

extension GateRecurrence: PlainOperator {
  /// Step by step.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    FunctionKernel { [layer] operands in
      let gates = operands.inputs[0]!.floats.baseAddress!
      let rows = layer.cell.gates * layer.units
      layer.run(operands) { place, direction, step in
        step(gates + (place * layer.isReversed.count + direction) * rows)
      }
    }
  }
}
