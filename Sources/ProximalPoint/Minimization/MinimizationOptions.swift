/// How long to go on, in which order, and from where.
package struct MinimizationOptions: Sendable {
  /// In which order an epoch visits the examples.
  package enum Order: Hashable, Sendable {
    /// As they come.
    case cyclic
    /// Each epoch in a new random order that follows from the seed.
    case shuffled(seed: UInt64)
  }

  /// The greatest number of passes over the examples.
  package var epochs: Int
  /// The order of the examples.
  package var order: Order
  /// By how much of itself the objective must change at least between two epochs to go on; `nil` to go on in any case.
  package var tolerance: Double?
  /// Whether the objective is computed after every epoch, a pass over the data; else only at the start and the end. A `tolerance`
  /// needs it in any case.
  package var tracesObjective: Bool
  /// From which epoch on (0, 1, ...) the result is the average of the epoch's iterates (Polyak and Ruppert); `nil` for the last one.
  package var averagingFrom: Int?
  /// Where to start; `nil` at 0.
  package var start: [Double]?

  /// Options; by default ten epochs in cyclic order, from 0, and the last iterate.
  package init(
    epochs: Int = 10, order: Order = .cyclic, tolerance: Double? = nil, tracesObjective: Bool = true,
    averagingFrom: Int? = nil,
    start: [Double]? = nil
  ) {
    self.epochs = epochs
    self.order = order
    self.tolerance = tolerance
    self.tracesObjective = tracesObjective
    self.averagingFrom = averagingFrom
    self.start = start
  }
}
