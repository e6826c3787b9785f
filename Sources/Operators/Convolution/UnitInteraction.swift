import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The inner products of what the units of a layer's input contribute to its output: `Q_ij = < U_i, U_j >` with
/// `U_i = W_i H_i`, summed over columns and outputs, without a matrix of more than units x units. Used by statistics.
///
/// H is columns x rows (one sample or window a row of memory), W units x rows of a unit x outputs. The attribute `rows`
/// says, unit by unit, which rows of H are a unit's own; -1 fills up a unit that has fewer.
package struct UnitInteraction: Operator {
  /// `espalier::UnitInteraction`.
  package static let name: OperatorName = .own("UnitInteraction")

  /// Columns of H.
  package let columns: Int
  /// Rows of H.
  package let rows: Int
  /// How many units there are.
  package let units: Int
  /// Rows of a unit.
  package let width: Int
  /// Outputs of the layer.
  package let outputCount: Int
  /// The rows of H that are a unit's own, `width` for each unit.
  package let ownRows: [Int]

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) {
    let (hidden, weight) = (try call.floatInput(0).shape, try call.floatInput(1).shape)
    let own = try call.ints("rows") ?? []
    guard hidden.rank == 2, weight.rank == 3, own.count == weight[0] * weight[1], weight.elementCount > 0,
      own.allSatisfy({ (-1..<hidden[1]).contains($0) })
    else { throw call.error("cannot split \(hidden) into the units of \(weight)") }
    (columns, rows) = (hidden[0], hidden[1])
    (units, width, outputCount) = (weight[0], weight[1], weight[2])
    ownRows = own
  }

  /// Units x units.
  package var outputs: [TensorType] { [TensorType([units, units])] }

  /// The contributions, and their products with each other.
  package var cost: Cost { Cost(macs: columns * outputCount * units * (width + units)) }
}
