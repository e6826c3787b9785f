/// The weights that make each unit of a group: all that the layers have whose outputs the units are, one array a unit.
///
/// Few methods look at them, so they are taken from the network's tensors when a unit's are asked for, and not kept.
package struct ProducerWeights: RandomAccessCollection, Sendable {
  /// How many units there are.
  package let count: Int
  private let weights: @Sendable (_ unit: Int) -> [Double]

  /// The weights that `weights` gives for each of `count` units.
  package init(count: Int, of weights: @escaping @Sendable (_ unit: Int) -> [Double]) {
    self.count = count
    self.weights = weights
  }

  /// The weights in `rows`, one row a unit.
  package init(_ rows: [[Double]]) {
    self.init(count: rows.count) { rows[$0] }
  }

  /// The first unit.
  package var startIndex: Int { 0 }

  /// The number of units.
  package var endIndex: Int { count }

  /// The weights of one unit. Complexity: as many steps as there are.
  package subscript(unit: Int) -> [Double] { weights(unit) }
}
