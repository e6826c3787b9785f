import Graph
import Tensors

/// What the units of a layer's input contribute to its output together: `Q_ij = < U_i, U_j >` with `U_i = W_i H_i`, summed over
/// columns and outputs, without a matrix of more than units x units. Used by statistics.
///
/// H is columns x rows (one sample or window a row of memory), W units x rows of a unit x outputs. The attribute `rows` says, unit
/// by unit, which rows of H are a unit's own; -1 fills up a unit that has fewer.
public enum UnitInteraction: Operator {
  /// `espalier::UnitInteraction`.
  public static let name: OperatorName = .own("UnitInteraction")

  /// Contributions are made for so many numbers at a time.
  private static let blockSize = 8 << 20

  private struct Sizes {
    var columns, rows, units, width, outputs: Int
    var own: [Int]
  }

  private static func sizes(_ invocation: Invocation) throws -> Sizes {
    let (hidden, weight) = (try invocation.floatInput(0).shape, try invocation.floatInput(1).shape)
    let own = try invocation.ints("rows") ?? []
    guard hidden.rank == 2, weight.rank == 3, own.count == weight[0] * weight[1], weight.elementCount > 0,
      own.allSatisfy({ (-1..<hidden[1]).contains($0) })
    else { throw invocation.error("cannot split \(hidden) into the units of \(weight)") }
    return Sizes(
      columns: hidden[0], rows: hidden[1], units: weight[0], width: weight[1], outputs: weight[2], own: own)
  }

  /// Units x units.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let units = try sizes(invocation).units
    return [TensorType([units, units])]
  }

  /// The contributions, and their products with each other.
  public static func cost(_ invocation: Invocation) throws -> Cost {
    let sizes = try sizes(invocation)
    return Cost(macs: sizes.columns * sizes.outputs * sizes.units * (sizes.width + sizes.units))
  }

  /// Block of columns by block of columns, added up in double precision.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    try kernel(invocation) { MatrixProductKernel($0) }
  }

  fileprivate static func kernel(
    _ invocation: Invocation, product: (MatrixProduct) -> any Kernel
  ) throws -> any Kernel {
    let sizes = try sizes(invocation)
    let length = max(1, min(sizes.columns, blockSize / (sizes.units * sizes.outputs)))
    let parts = TensorType([sizes.units, length, sizes.width])
    let weights = TensorType([sizes.units, sizes.width, sizes.outputs])
    let contributions = TensorType([sizes.units, length * sizes.outputs])
    let together = TensorType([sizes.units, sizes.units])
    let contribute = product(
      MatrixProduct(batch: [sizes.units], parts.shape, transposed: false, weights.shape, transposed: false))
    let multiply = product(
      MatrixProduct(contributions.shape, transposed: false, contributions.shape, transposed: true))
    let places = [parts, contributions, together].map { type in
      Buffer(address: .allocate(byteCount: max(type.byteCount, 1), alignment: 64), type: type)
    }
    let memory = BlockMemory(places)
    return FunctionKernel { operands in
      let hidden = operands.inputs[0]!.floats
      let (part, contribution, block) = (memory.places[0], memory.places[1], memory.places[2])
      var total = [Double](repeating: 0, count: sizes.units * sizes.units)
      for start in stride(from: 0, to: sizes.columns, by: length) {
        let taken = part.floats
        for unit in 0..<sizes.units {
          for column in 0..<length {
            let place = (unit * length + column) * sizes.width
            let isInside = start + column < sizes.columns
            for i in 0..<sizes.width {
              let row = sizes.own[unit * sizes.width + i]
              taken[place + i] = isInside && row >= 0 ? hidden[(start + column) * sizes.rows + row] : 0
            }
          }
        }
        contribute.run(Operands(inputs: [part, operands.inputs[1]], outputs: [contribution]))
        multiply.run(Operands(inputs: [contribution, contribution], outputs: [block]))
        for (i, value) in block.floats.enumerated() { total[i] += Double(value) }
      }
      let result = operands.outputs[0].floats
      for i in total.indices { result[i] = Float(total[i]) }
    }
  }

  /// What a kernel works in, given back with it.
  private final class BlockMemory {
    let places: [Buffer]

    init(_ places: [Buffer]) { self.places = places }

    deinit { for place in places { place.address.deallocate() } }
  }
}

#if OneDNN
  extension UnitInteraction: OneDNNOperator {
    static func primitive(_ invocation: Invocation, in order: AxisOrder) throws -> (any Kernel)? {
      try kernel(invocation) { product -> any Kernel in
        if let primitive = MatrixProductPrimitive(product) { return primitive }
        return MatrixProductKernel(product)
      }
    }
  }
#endif
