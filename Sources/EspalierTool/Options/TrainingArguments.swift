import ArgumentParser
import EspalierProcesses
import EspalierProximalPoint
import EspalierReports
import EspalierTraining

/// How a network is trained, as the commands that do so take it; they differ in what is usual.
struct TrainingArguments<Defaults: TrainingDefaults>: ParsableArguments {
  @Option(
    name: .customLong("epochs"),
    help: ArgumentHelp("How often every sample is seen (default: \(Defaults.epochs)).", valueName: "epochs"))
  var givenEpochs: Int?
  @Option(
    help: "The initial step size (default: \(Defaults.fromLabels.stepSize)\(Defaults.note(\.stepSize.description))).")
  var step: Double?
  @Option(
    help: """
      The rule that parameters follow: sgd, sgdm, adamw, sppa or sppam. The last two take proximal steps, which stay \
      stable with steps far too long for the others, at several gradients a step (default: \
      \(Defaults.fromLabels.optimizer.entry.name)\(Defaults.note(\.optimizer.entry.name))).
      """)
  var optimizer: OptimizerArgument?
  @Option(help: "With sgdm and sppam: how much of the last step is taken again.") var momentum: Float = 0.9
  @Flag(inversion: .prefixedNo, help: "With sgdm: look at the gradient where momentum leads.") var nesterov = true
  @Option(help: "With sppam: contraction holds momentum back where steps are long; none as published.")
  var damping = MomentumDamping.contraction
  @Option(help: "With sppa and sppam: gradient steps towards a proximal step at most.") var innerSteps = 5
  @Option(
    help: "With sppa and sppam: a proximal step ends early once its gradient is this fraction of its length / step.")
  var innerTolerance = 0.5
  @Option(
    help: """
      How strongly weights, not biases or normalisations, are drawn to zero \
      (default: \(Defaults.fromLabels.weightDecay)\(Defaults.note(\.weightDecay.description))).
      """)
  var weightDecay: Float?
  @Option(help: "How much of a label's probability is spread over all classes.")
  var labelSmoothing = Defaults.labelSmoothing
  @Option(help: "How the step size changes: constant, step, cosine or linear (to zero).") var schedule =
    ScheduleArgument("cosine")
  @Option(help: "Over which part of all steps the step size grows from next to nothing.") var warmUp = 0.0
  @Option(help: "Batches that make a step together, for more samples in a step than fit into memory.") var accumulate =
    1
  @Option(help: "The longest that a gradient may be, over all parameters; longer ones are shortened.")
  var clip: Float?
  @Option(help: "With --schedule step: epochs between steps.") var stepEpochs = 30
  @Option(help: "With --schedule step: what each multiplies the step size by.") var stepFactor = 0.1
  @Option(
    help: """
      What batch normalisations normalise by: batch (running statistics follow) or stored (they stay) \
      (default: batch; stored with --train-only).
      """)
  var statistics: NormalizationStatistics?
  @Option(
    parsing: .upToNextOption,
    help: """
      Train only parameters whose name, or their layer's, contains one of these, and hold all others: classifier \
      pooler for the head of an encoder.
      """)
  var trainOnly: [String] = []

  func validate() throws {
    guard Count.allowsRepetitions(epochs, stepEpochs) else {
      throw ValidationError("--epochs and --step-epochs take \(Count.repetitionWords)")
    }
    guard step ?? 1 > 0, step?.isFinite ?? true else { throw ValidationError("--step takes a positive number") }
    guard (0..<1).contains(momentum) else { throw ValidationError("--momentum takes a number from 0 up to 1") }
    guard (0..<1).contains(labelSmoothing) else {
      throw ValidationError("--label-smoothing takes a number from 0 up to 1")
    }
    guard Count.allows(innerSteps, accumulate) else {
      throw ValidationError("--inner-steps and --accumulate take \(Count.words)")
    }
    guard innerTolerance > 0 else { throw ValidationError("--inner-tolerance takes a positive number") }
    guard (0..<1).contains(warmUp) else { throw ValidationError("--warm-up takes a number from 0 up to 1") }
    guard clip ?? 1 > 0 else { throw ValidationError("--clip takes a positive number") }
    guard weightDecay ?? 0 >= 0 else { throw ValidationError("--weight-decay takes a number that is not negative") }
    guard stepFactor > 0 else { throw ValidationError("--step-factor takes a positive number") }
  }

  /// How often every sample is seen.
  var epochs: Int { givenEpochs ?? Defaults.epochs }

  /// Warns of processes that have nothing to do, since a step has fewer batches than there are processes.
  func warnOfIdleProcesses(_ processes: any ProcessGroup) {
    guard accumulate < processes.count else { return }
    StandardError.warn(
      "--accumulate \(accumulate) leaves \(processes.count - accumulate) of \(processes.count) processes without "
        + "work; give --accumulate \(processes.count), and a --batch as much smaller for steps of the same size")
  }

  /// Whether how to learn is said: for how many epochs, by which steps.
  var isStated: Bool {
    givenEpochs != nil || step != nil || optimizer != nil || weightDecay != nil || clip != nil || statistics != nil
      || !trainOnly.isEmpty
  }

  /// The options that the arguments say, for batches of this size, learning from labels or (`distilling`) from a
  /// teacher.
  func options(batchSize: Int, distilling: Bool = false, seed: UInt64) -> TrainingOptions {
    let usual = distilling ? Defaults.fromTeacher ?? Defaults.fromLabels : Defaults.fromLabels
    var options = TrainingOptions(
      epochs: epochs, batchSize: batchSize, stepSize: step ?? usual.stepSize,
      schedule: schedule.entry.make(.init(epochs: stepEpochs, factor: stepFactor)),
      warmUp: WarmUp(fraction: warmUp), accumulation: accumulate, clipping: clip.map { GradientClipping(limit: $0) },
      loss: ClassificationLoss(labelSmoothing: labelSmoothing),
      optimizer: rule(optimizer ?? usual.optimizer, weightDecay ?? usual.weightDecay),
      statistics: statistics ?? (trainOnly.isEmpty ? .batch : .stored), seed: seed)
    if !trainOnly.isEmpty { options.parameters = .named(trainOnly) }
    return options
  }

  private func rule(_ optimizer: OptimizerArgument, _ weightDecay: Float) -> any Optimizer {
    var settings = Optimizers.Settings()
    settings.momentum = momentum
    settings.nesterov = nesterov
    settings.weightDecay = weightDecay
    settings.damping = damping
    settings.inner = InexactProximalStep(iterations: innerSteps, tolerance: innerTolerance)
    return optimizer.entry.make(settings)
  }
}

/// The defaults of a training command.
protocol TrainingDefaults {
  static var epochs: Int { get }
  static var labelSmoothing: Float { get }
  /// How parameters follow the gradients of a loss on labels.
  static var fromLabels: UsualSteps { get }
  /// How they follow those of a distance from a teacher; `nil` for commands that take none.
  static var fromTeacher: UsualSteps? { get }
}

/// How parameters follow their gradients where nothing is said.
struct UsualSteps {
  let optimizer: OptimizerArgument
  let stepSize: Double
  let weightDecay: Float
}

extension TrainingDefaults {
  /// The addition to help texts on learning from a teacher.
  fileprivate static func note(_ text: (UsualSteps) -> String) -> String {
    fromTeacher.map { "; with --teacher \(text($0))" } ?? ""
  }
}

/// Training from the start.
enum TrainingFromStart: TrainingDefaults {
  static let epochs = 10
  static let labelSmoothing: Float = 0
  static let fromLabels = UsualSteps(optimizer: OptimizerArgument("sgdm"), stepSize: 0.05, weightDecay: 0)
  static let fromTeacher: UsualSteps? = nil
}

/// Fine-tuning, as in i-SpaSP's public code for ResNet34.
enum UsualFinetuning: TrainingDefaults {
  static let epochs = 90
  static let labelSmoothing: Float = 0.1
  static let fromLabels = UsualSteps(optimizer: OptimizerArgument("sgdm"), stepSize: 0.01, weightDecay: 5e-4)
  /// Errors against a teacher are small and of unlike sizes from layer to layer, which steps scaled by each gradient's
  /// own size bear.
  static let fromTeacher: UsualSteps? = UsualSteps(
    optimizer: OptimizerArgument("adamw"), stepSize: 1e-3, weightDecay: 0)
}

/// An optimiser by its name.
struct OptimizerArgument: ExpressibleByArgument {
  let entry: Optimizers.Entry

  /// The optimiser called `argument`; `nil` where there is none.
  init?(argument: String) {
    guard let entry = Optimizers.all.first(where: { $0.name == argument }) else { return nil }
    self.entry = entry
  }

  /// The optimiser called `name`, one of the project's own.
  init(_ name: String) { self.init(argument: name)! }

  static var allValueStrings: [String] { Optimizers.all.map(\.name) }
}

/// A schedule of step sizes by its name.
struct ScheduleArgument: ExpressibleByArgument {
  let entry: LearningRateSchedules.Entry

  /// The schedule called `argument`; `nil` where there is none.
  init?(argument: String) {
    guard let entry = LearningRateSchedules.all.first(where: { $0.name == argument }) else { return nil }
    self.entry = entry
  }

  /// The schedule called `name`, one of the project's own.
  init(_ name: String) { self.init(argument: name)! }

  var defaultValueDescription: String { entry.name }

  static var allValueStrings: [String] { LearningRateSchedules.all.map(\.name) }
}

extension NormalizationStatistics: ExpressibleByArgument {}
