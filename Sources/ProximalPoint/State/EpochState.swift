import EspalierTensors

/// The state of a method between two epochs: iterate and momentum, the generator of the order of the examples, and the
/// values of the objective. The step size follows from the number of steps.
package struct EpochState: Hashable, Sendable, Codable {
  /// The end of a loop over epochs.
  struct End: Hashable, Sendable, Codable {
    let status: Minimization.Status
    let reason: String
  }

  /// The initial coefficients.
  @Stored var start: [Double]
  /// The state of the method.
  var iterate: Iterate
  /// The generator of the next epoch's order; `nil` for a cyclic order.
  var generator: SeededGenerator?
  /// The number of epochs done.
  var epoch = 0
  /// The result of the last epoch: its last iterate, or the average of its iterates.
  @Stored var solution: [Double]
  /// The objective at the start and after each epoch for which it was computed.
  @Stored var trace: [Double]
  /// The end of the loop; `nil` while it runs.
  var end: End?
}
