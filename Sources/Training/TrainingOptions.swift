/// How a network is trained.
public struct TrainingOptions: Sendable {
  /// How often every sample is seen.
  public var epochs: Int
  /// Samples in a batch; the last, smaller batch of an epoch is left out.
  public var batchSize: Int
  /// The initial step size.
  public var stepSize: Double
  /// How the step size changes.
  public var schedule: LearningRateSchedule
  /// How it grows at first.
  public var warmUp: WarmUp
  /// How many batches make a step together; more than fit into memory at once.
  public var accumulation: Int
  /// How gradients are held back; `nil` where they are not.
  public var clipping: GradientClipping?
  /// What is minimised.
  public var loss: ClassificationLoss
  /// How parameters follow their gradients.
  public var optimizer: any Optimizer
  /// Where batch normalisations take mean and variance from.
  public var statistics: NormalizationStatistics
  /// Which parameters change.
  public var parameters = TrainedParameters.all
  /// The order of the samples follows from it.
  public var seed: UInt64

  /// Training with these settings.
  public init(
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
