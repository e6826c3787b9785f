import Pruning

/// What the experiment on text encoders has found so far; a run that was interrupted goes on from it.
public struct EncoderResults: Sendable, Codable {
  /// What all results depend on; those of other settings are not mixed with these.
  public struct Settings: Hashable, Sendable, Codable {
    /// The file the dense network comes from.
    public var model: String
    /// What the data to train and to measure on is called.
    public var data, test: String
    /// How many samples are trained on, measured on, and looked at by pruning.
    public var trainingCount, testCount, calibrationCount: Int
    /// How often the dense network is trained on every sample first; 0 where it is trained already.
    public var epochs: Int
    /// How often a pruned network sees every sample.
    public var finetuneEpochs: Int
    /// Samples in a step.
    public var batchSize: Int
    /// The largest step size of training and of fine-tuning.
    public var stepSize: Double
    /// All that is random follows from it.
    public var seed: UInt64

    /// These settings.
    public init(
      model: String, data: String, test: String, trainingCount: Int, testCount: Int, calibrationCount: Int,
      epochs: Int, finetuneEpochs: Int, batchSize: Int, stepSize: Double, seed: UInt64
    ) {
      (self.model, self.data, self.test) = (model, data, test)
      (self.trainingCount, self.testCount, self.calibrationCount) = (trainingCount, testCount, calibrationCount)
      (self.epochs, self.finetuneEpochs, self.batchSize) = (epochs, finetuneEpochs, batchSize)
      (self.stepSize, self.seed) = (stepSize, seed)
    }
  }

  /// The dense network.
  public struct Dense: Sendable, Codable {
    /// How much of the test data it tells right, and of each language.
    public let accuracy: Accuracy
    /// What it takes to store and to run.
    public let cost: ModelCost
  }

  /// How much of the test data is told right.
  public struct Accuracy: Sendable, Codable {
    /// Of all samples.
    public let overall: Double
    /// Of each language, where there are several.
    public let languages: [String: Double]?
  }

  /// Which part of the network, by which method, to which fraction.
  public struct Case: Hashable, Sendable, Codable {
    /// `ffn`, `heads`, `encoder`, which is both, or `all`, the width between blocks too.
    public let scope: PruningRequest.Scope
    /// How units are chosen.
    public let method: ExperimentMethod
    /// The fraction of units that is kept.
    public let fraction: Double
  }

  /// One smaller network.
  public struct Outcome: Sendable, Codable {
    /// What it is.
    public let what: Case
    /// What it takes to store and to run.
    public let cost: ModelCost
    /// Right after pruning.
    public let pruned: Accuracy
    /// After fine-tuning; `nil` where that diverged.
    public let finetuned: Accuracy?
    /// Where the time of pruning went.
    public let seconds: PruningResult.Seconds
    /// By how much it differs from the dense network with the dropped units masked, relative.
    public let verified: Double
  }

  /// What all results depend on.
  public let settings: Settings
  /// The dense network, once it is there.
  public internal(set) var dense: Dense?
  /// The smaller networks so far.
  public internal(set) var outcomes: [Outcome] = []

  /// Nothing is found yet.
  public init(_ settings: Settings) {
    self.settings = settings
  }

  /// The outcome of a case, if it is known.
  public func outcome(_ what: Case) -> Outcome? { outcomes.first { $0.what == what } }
}

extension PruningRequest.Scope: Codable {
  /// What reports call the units.
  var title: String {
    switch self {
    case .ffn: "Feed-forward units"
    case .heads: "Heads"
    case .encoder: "Both"
    case .inner: "Between two layers"
    case .all: "All"
    }
  }
}
