import EspalierExecution
import EspalierOperators
import EspalierTensors

extension UnitInteraction: PlainOperator {
  /// The number of contributions computed at a time.
  private static let blockSize = 8 << 20

  /// Processes columns block by block, summing in double precision.
  package func kernel(_ types: OperandTypes) -> any Kernel { kernel { MatrixProductKernel($0) } }

  /// The kernel, with the matrix product kernels that `product` makes.
  package func kernel(product: (MatrixProduct) -> any Kernel) -> any Kernel {
    let op = self
    let length = max(1, min(columns, Self.blockSize / (units * outputCount)))
    let parts = TensorType([units, length, width])
    let weights = TensorType([units, width, outputCount])
    let contributions = TensorType([units, length * outputCount])
    let contribute = product(
      MatrixProduct(batch: [units], parts.shape, transposed: false, weights.shape, transposed: false))
    let multiply = product(
      MatrixProduct(contributions.shape, transposed: false, contributions.shape, transposed: true))
    let types = [parts, contributions, TensorType([units, units])]
    let memory = types.map { HostDevice().allocate(byteCount: $0.byteCount) }
    return FunctionKernel { operands in
      let hidden = operands.inputs[0]!.floats
      let places = zip(memory, types).map { Buffer(address: $0.address, type: $1) }
      let (part, contribution, block) = (places[0], places[1], places[2])
      var total = [Double](repeating: 0, count: op.units * op.units)
      for start in stride(from: 0, to: op.columns, by: length) {
        op.take(columns: start..<start + length, of: hidden, to: part.floats)
        contribute.run(Operands(inputs: [part, operands.inputs[1]], outputs: [contribution]))
        multiply.run(Operands(inputs: [contribution, contribution], outputs: [block]))
        for (i, value) in block.floats.enumerated() { total[i] += Double(value) }
      }
      let result = operands.outputs[0].floats
      for i in total.indices { result[i] = Float(total[i]) }
    }
  }

  /// Copies the rows of each unit, column by column; 0 fills columns beyond the last and rows that a unit lacks.
  private func take(
    columns block: Range<Int>, of hidden: UnsafeMutableBufferPointer<Float>,
    to target: UnsafeMutableBufferPointer<Float>
  ) {
    for unit in 0..<units {
      for (position, column) in block.enumerated() {
        let place = (unit * block.count + position) * width
        for i in 0..<width {
          let row = ownRows[unit * width + i]
          target[place + i] = column < columns && row >= 0 ? hidden[column * rows + row] : 0
        }
      }
    }
  }
}
