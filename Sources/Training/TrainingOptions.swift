/// The settings of training.
package struct TrainingOptions: Sendable {
  /// The number of passes over the samples.
  package var epochs: Int
  /// The number of samples in a batch; a smaller last batch of an epoch is skipped.
  package var batchSize: Int
  /// The initial step size.
  package var stepSize: Double
  /// The schedule of the step size.
  package var schedule: LearningRateSchedule
  /// The initial growth of the step size.
  package var warmUp: WarmUp
  /// The number of batches accumulated in a step, for steps larger than memory allows at once.
  package var accumulation: Int
  /// The clipping of gradients; `nil` for none.
  package var clipping: GradientClipping?
  /// The loss.
  package var loss: ClassificationLoss
  /// The update rule of the parameters.
  package var optimizer: any Optimizer
  /// The source of mean and variance for batch normalisations.
  package var statistics: NormalizationStatistics
  /// The parameters to train.
  package var parameters = TrainedParameters.all
  /// Those of them that weight decay applies to.
  package var decayed = DecayedParameters.weights
  /// The seed of the order of the samples.
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
