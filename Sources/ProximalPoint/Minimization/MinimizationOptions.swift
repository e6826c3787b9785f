/// How long to go on, in which order, and from where.
public struct MinimizationOptions: Sendable {
  /// In which order an epoch visits the examples.
  public enum Order: Hashable, Sendable {
    /// As they come.
    case cyclic
    /// Each epoch in a new random order that follows from the seed.
    case shuffled(seed: UInt64)
  }

  /// The greatest number of passes over the examples.
  public var epochs: Int
  /// The order of the examples.
  public var order: Order
  /// By how much of itself the objective must change at least between two epochs to go on; `nil` to go on in any case.
  public var tolerance: Double?
  /// Whether the objective is computed after every epoch, a pass over the data; else only at the start and the end. A `tolerance`
  /// needs it in any case.
  public var tracesObjective: Bool
  /// From which epoch on (0, 1, ...) the result is the average of the epoch's iterates (Polyak and Ruppert); `nil` for the last one.
  public var averagingFrom: Int?
  /// Where to start; `nil` at 0.
  public var start: [Double]?

  /// Options; by default ten epochs in cyclic order, from 0, and the last iterate.
  public init(
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
