import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The inner products of the contributions of a layer's input units to its output: `Q_ij = < U_i, U_j >` with `U_i =
/// W_i H_i`, summed over columns and outputs. The largest matrix needed is units x units. Used by statistics.
///
/// H is columns x rows (each sample or window is contiguous in memory), W units x rows of a unit x outputs. The
/// attribute `rows` lists, unit by unit, the rows of H that belong to the unit; -1 pads a unit with fewer rows.
package struct UnitInteraction: Operator {
  /// `espalier::UnitInteraction`.
  package static let name: OperatorName = .own("UnitInteraction")

  /// The number of columns of H.
  package let columns: Int
  /// The number of rows of H.
  package let rows: Int
  /// The number of units.
  package let units: Int
  /// The number of rows of a unit.
  package let width: Int
  /// The number of outputs of the layer.
  package let outputCount: Int
  /// The rows of H that belong to each unit, `width` per unit.
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

  /// The cost of the contributions, and of their inner products.
  package var cost: Cost { Cost(macs: Int.limitedProduct(columns, outputCount, units, width + units)) }
}
