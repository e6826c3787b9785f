/// How a network is trained.
package struct TrainingOptions: Sendable {
  /// How often every sample is seen.
  package var epochs: Int
  /// Samples in a batch; the last, smaller batch of an epoch is left out.
  package var batchSize: Int
  /// The initial step size.
  package var stepSize: Double
  /// How the step size changes.
  package var schedule: LearningRateSchedule
  /// How it grows at first.
  package var warmUp: WarmUp
  /// How many batches make a step together; more than fit into memory at once.
  package var accumulation: Int
  /// How gradients are held back; `nil` where they are not.
  package var clipping: GradientClipping?
  /// What is minimised.
  package var loss: ClassificationLoss
  /// How parameters follow their gradients.
  package var optimizer: any Optimizer
  /// Where batch normalisations take mean and variance from.
  package var statistics: NormalizationStatistics
  /// Which parameters change.
  package var parameters = TrainedParameters.all
  /// The order of the samples follows from it.
  package var seed: UInt64

  /// Training with these settings.
  package init(
    epochs: Int = 10, batchSize: Int = 128, stepSize: Double = 0.05, schedule: LearningRateSchedule = .cosine,
    warmUp: WarmUp = WarmUp(), accumulation: Int = 1, clipping: GradientClipping? = nil,
    loss: ClassificationLoss = .init(), optimizer: any Optimizer = StochasticGradientDescent(),
    statistics: NormalizationStatistics = .batch, seed: UInt64 = 0
  ) {
    self.epochs = epochs
    self.batchSize = batchSize
    self.stepSize = stepSize
    self.schedule = schedule
    self.warmUp = warmUp
    self.accumulation = accumulation
    self.clipping = clipping
    self.loss = loss
    self.optimizer = optimizer
    self.statistics = statistics
    self.seed = seed
  }
}
