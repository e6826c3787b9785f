import EspalierTensors

/// The complete state of training between two steps: a ``TrainingRun`` resumed from it gives the same bytes as an
/// uninterrupted one.
///
/// Values that settings and position determine are not stored: the order of an epoch's samples and their augmentation
/// follow from the seed and the epoch, the step size from the number of the step.
package struct TrainingState: FileState, Hashable {
  /// The position in training.
  package struct Position: Hashable, Sendable, Codable {
    /// The number of completed epochs.
    package var epoch = 0
    /// The number of steps taken in the current epoch.
    package var stepInEpoch = 0
    /// The number of steps taken in all.
    package var step = 0
    /// The number of samples seen in all.
    package var sampleCount = 0
    /// The sum of the losses of the current epoch, whose mean is reported as progress.
    package var lossSum = 0.0
  }

  /// The best network so far, if a judge evaluates the network after each epoch.
  package struct Best: Hashable, Sendable, Codable {
    /// The judge's error; smaller is better.
    package let error: Double
    /// The learned values at that time.
    package let values: TrainedValues
  }

  package static let kind = "training state"
  package static let version = 1

  /// The training that the state belongs to.
  package let origin: StateOrigin
  /// The learned values.
  package let values: TrainedValues
  /// The state of the optimiser: by name (``Optimizer/stateNames``), a tensor for each parameter.
  package let optimizer: [String: [String: Tensor]]
  /// The position in training.
  package let position: Position
  /// The best network so far; `nil` without a judge.
  package let best: Best?
}

/// The values of a network that training changes.
package struct TrainedValues: Hashable, Sendable, Codable {
  /// The parameters, by name.
  package let parameters: [String: Tensor]
  /// The running statistics of batch normalisations, by the name of the value that holds the batch statistics.
  package let statistics: [String: Tensor]
}
