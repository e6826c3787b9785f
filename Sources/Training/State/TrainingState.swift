import EspalierTensors

/// All that a training under way consists of between two steps: a ``TrainingRun`` that begins with it goes on to the
/// same bytes as one that was never interrupted.
///
/// What follows from settings and position is not kept: the order of an epoch's samples and their augmentation follow
/// from the seed and the epoch, the step size from the number of the step.
package struct TrainingState: FileState, Hashable {
  /// Where training is.
  package struct Position: Hashable, Sendable, Codable {
    /// How many epochs are over.
    package var epoch = 0
    /// How many steps were taken of the epoch under way.
    package var stepInEpoch = 0
    /// How many steps were taken in all.
    package var step = 0
    /// How many samples were seen in all.
    package var sampleCount = 0
    /// The sum of the losses of the epoch under way, of which progress tells the mean.
    package var lossSum = 0.0
  }

  /// The best network so far, where a judge looks at the network after each epoch.
  package struct Best: Hashable, Sendable, Codable {
    /// What the judge gives it; the smaller the better.
    package let error: Double
    /// What was learnt by then.
    package let values: TrainedValues
  }

  package static let kind = "training state"
  package static let version = 1

  /// What the state belongs to.
  package let origin: StateOrigin
  /// What was learnt.
  package let values: TrainedValues
  /// What the optimiser remembers: by its name for it (``Optimizer/stateNames``), a tensor for each parameter.
  package let optimizer: [String: [String: Tensor]]
  /// Where training is.
  package let position: Position
  /// The best network so far; `nil` without a judge.
  package let best: Best?
}

/// What training changes of a network.
package struct TrainedValues: Hashable, Sendable, Codable {
  /// The parameters, by name.
  package let parameters: [String: Tensor]
  /// The running statistics of batch normalisations, by the name of the value that holds those of a batch.
  package let statistics: [String: Tensor]
}
