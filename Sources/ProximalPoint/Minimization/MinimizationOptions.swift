/// The stopping rule, order and start of a minimisation.
package struct MinimizationOptions: Sendable {
  /// The order in which an epoch visits the examples.
  package enum Order: Hashable, Sendable {
    /// The order of the data.
    case cyclic
    /// A new random order for each epoch, determined by the seed.
    case shuffled(seed: UInt64)
    /// Every example drawn independently of the others, with replacement, as theory has it; an epoch draws as many as
    /// there are, so that it leaves about a share 1/e of them out.
    case drawn(seed: UInt64)
  }

  /// The greatest number of passes over the examples.
  package var epochs: Int
  /// The order of the examples.
  package var order: Order
  /// The relative change of the objective between two epochs below which the run stops; `nil` never stops early.
  package var tolerance: Double?
  /// Whether the objective is computed after every epoch, which costs a pass over the data; otherwise only at the start
  /// and the end. Always computed if there is a `tolerance`.
  package var tracesObjective: Bool
  /// The epoch (0, 1, ...) from which on the result is the average of the epoch's iterates (Polyak and Ruppert); `nil`
  /// for the last iterate.
  package var averagingFrom: Int?
  /// The initial coefficients; `nil` for 0.
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
