import EspalierTensors

/// What a method's steps consist of between two epochs: iterate and momentum, the generator of the order of the
/// examples, and what was seen of the objective. The size of a step follows from how many were taken.
package struct EpochState: Hashable, Sendable, Codable {
  /// How a loop over epochs ended.
  struct End: Hashable, Sendable, Codable {
    let status: Minimization.Status
    let reason: String
  }

  /// Where it began.
  @Stored var start: [Double]
  /// The state of the method.
  var iterate: Iterate
  /// What the order of the next epoch is drawn from; `nil` of a cyclic order.
  var generator: SeededGenerator?
  /// How many epochs are done.
  var epoch = 0
  /// What the last epoch ended at: its last iterate, or their average.
  @Stored var solution: [Double]
  /// The objective at the start and after each epoch that it was computed for.
  @Stored var trace: [Double]
  /// How the loop ended, once it has.
  var end: End?
}
