/// The weights that produce each unit of a group, over all layers that write it; one array per unit.
///
/// Few methods use them, so they are read from the network's tensors on demand and not kept.
package struct ProducerWeights: RandomAccessCollection, Sendable {
  /// The number of units.
  package let count: Int
  private let weights: @Sendable (_ unit: Int) -> [Double]

  /// The weights that the closure `weights` returns for each of `count` units.
  package init(count: Int, of weights: @escaping @Sendable (_ unit: Int) -> [Double]) {
    self.count = count
    self.weights = weights
  }

  /// The weights in `rows`, one row per unit.
  package init(_ rows: [[Double]]) {
    self.init(count: rows.count) { rows[$0] }
  }

  /// The first unit.
  package var startIndex: Int { 0 }

  /// The number of units.
  package var endIndex: Int { count }

  /// The weights of one unit. Complexity: O(weights of the unit).
  package subscript(unit: Int) -> [Double] { weights(unit) }
}
