import Pruning
import Workflows

/// What the experiment on convolutional networks has found so far; a run that was interrupted goes on from it.
public struct ConvolutionalResults: Sendable, Codable {
  /// What all results depend on; those of other settings are not mixed with these.
  public struct Settings: Hashable, Sendable, Codable {
    /// The network.
    public var architecture: ConvolutionalArchitecture
    /// The file the dense network comes from; `nil` where it is trained here.
    public var model: String?
    /// What the data is called.
    public var data: String
    /// How many samples are trained on.
    public var trainingCount: Int
    /// How many samples accuracies are measured on.
    public var testCount: Int
    /// How many unlabelled training samples pruning looks at.
    public var calibrationCount: Int
    /// How often the dense network sees every sample.
    public var epochs: Int
    /// How often a pruned network sees every sample.
    public var finetuneEpochs: Int
    /// Samples in a step.
    public var batchSize: Int
    /// The initial step size of training.
    public var stepSize: Double
    /// The initial step size of fine-tuning.
    public var finetuneStepSize: Double
    /// Widths are rounded to a multiple of this.
    public var multiple: Int
    /// All that is random follows from it.
    public var seed: UInt64

    /// These settings.
    public init(
      architecture: ConvolutionalArchitecture, model: String?, data: String, trainingCount: Int, testCount: Int,
      calibrationCount: Int, epochs: Int, finetuneEpochs: Int, batchSize: Int, stepSize: Double,
      finetuneStepSize: Double,
      multiple: Int, seed: UInt64
    ) {
      self.architecture = architecture
      self.model = model
      self.data = data
      self.trainingCount = trainingCount
      self.testCount = testCount
      self.calibrationCount = calibrationCount
      self.epochs = epochs
      self.finetuneEpochs = finetuneEpochs
      self.batchSize = batchSize
      self.stepSize = stepSize
      self.finetuneStepSize = finetuneStepSize
      self.multiple = multiple
      self.seed = seed
    }
  }

  /// The dense network.
  public struct Dense: Sendable, Codable {
    /// The fraction of test samples told right.
    public let accuracy: Double
    /// What it takes to store and to run.
    public let cost: ModelCost
    /// Seconds of training; `nil` where it came from a file.
    public let trainingSeconds: Double?
  }

  /// One smaller network.
  public struct Outcome: Sendable, Codable {
    /// How much was kept.
    public let size: ConvolutionalSize
    /// How it came about.
    public let method: ExperimentMethod
    /// What it takes to store and to run.
    public let cost: ModelCost
    /// How long it takes, against the dense network, timed in turn.
    public let latency: LatencyComparison
    /// The accuracy right after pruning; `nil` where nothing was pruned.
    public let pruned: Double?
    /// The accuracy once the statistics of its normalisations are taken anew, on unlabelled samples.
    public let recalibrated: Double?
    /// The accuracy after fine-tuning, or training from scratch; `nil` where that diverged.
    public let finetuned: Double?
    /// Where the time of pruning went.
    public let seconds: PruningResult.Seconds?
    /// Seconds of fine-tuning, or of training from scratch.
    public let trainingSeconds: Double
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

  /// What `method` does at `size`, if that is known.
  public func outcome(_ method: ExperimentMethod, _ size: ConvolutionalSize) -> Outcome? {
    outcomes.first { $0.method == method && $0.size == size }
  }

  /// The sizes, in the order in which they were begun.
  public var sizes: [ConvolutionalSize] {
    outcomes.reduce(into: []) { sizes, outcome in if !sizes.contains(outcome.size) { sizes.append(outcome.size) } }
  }

  /// The methods, in their usual order.
  public var methods: [ExperimentMethod] {
    ExperimentMethod.allCases.filter { method in outcomes.contains { $0.method == method } }
  }
}
