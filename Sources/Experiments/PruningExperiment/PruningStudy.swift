import EspalierGraph
import EspalierPruning
import EspalierReports
import EspalierTraining

/// The subject of a ``PruningExperiment``: its networks, sizes and measures, and the specific parts of its report.
///
/// A study is created for each run. The static members depend on results alone, so that a report can be made from a
/// results file.
package protocol PruningStudy: Sendable {
  /// The settings that all results depend on.
  associatedtype Settings: PruningStudySettings
  /// A smaller network: the part of the dense one that is kept, and the method.
  associatedtype Variant: NetworkVariant
  /// The accuracy on the test data.
  associatedtype Accuracy: MeasuredAccuracy
  /// Figures of a smaller network specific to this study. In files they are merged into the other figures.
  associatedtype Details: Sendable, Codable

  /// Figures of the dense network.
  typealias Dense = PruningResults<Self>.Dense
  /// Figures of a smaller network.
  typealias Outcome = PruningResults<Self>.Outcome

  /// The settings that all results depend on.
  var settings: Settings { get }

  /// The dense network before it is trained.
  func denseNetwork() -> Model
  /// The training options for `phase`; `nil` to skip that phase.
  func training(_ phase: TrainingPhase) -> TrainingOptions?
  /// The number of epochs of fine-tuning after each pruned group, before the next is pruned; those at the end follow.
  func blockEpochs(for size: Variant.Size) -> Int
  /// A request that prunes the network `dense` to `size`.
  ///
  /// - Throws: `EspalierError` if the network lacks the groups of that size.
  func request(for size: Variant.Size, of dense: Graph) throws -> PruningRequest
  /// An unpruned network, narrower everywhere, with operations nearest to `macs` and initial weights.
  ///
  /// - Throws: `EspalierError` if there is no such network.
  func uniformNetwork(macs: Int) throws -> Graph
  /// The accuracy from `evaluation`.
  func accuracy(_ evaluation: Evaluation) -> Accuracy
  /// Measures `network`, the result of `pruning` if it was pruned.
  func details(of network: Graph, _ pruning: PruningResult?, in trial: PruningTrial<Self>) throws -> Details

  /// Whether results include the training time.
  static var recordsTrainingTime: Bool { get }
  /// The title of a report.
  static func title(_ settings: Settings) -> String
  /// The table columns for accuracies and for figures specific to this study.
  static func columns(_ outcomes: [Outcome]) -> [ResultColumn<Self>]
  /// A sentence on the table of a size.
  static func caption(_ size: Variant.Size, _ outcomes: [Outcome], _ settings: Settings) -> String
  /// Tables that follow those of the sizes.
  static func furtherTables(_ results: PruningResults<Self>) -> [Table]
  /// Tables that follow those for the sizes.
  static func panels(_ results: PruningResults<Self>) -> [ChartPanel<Variant.Size>]
  /// The reference lines of charts for the dense network.
  static func references(_ dense: Dense) -> [Reference]
  /// The claims on accuracies specific to this study.
  static var claims: [AccuracyClaim] { get }
  /// The end of the sentence that compares a network with the dense one.
  static func remark(_ outcome: Outcome, _ dense: Dense) -> String
  /// The place in the paper that the study answers.
  static func exhibit(_ settings: Settings) -> Exhibit
  /// Claims not about accuracies, judged.
  static func furtherClaims(_ results: PruningResults<Self>) -> [JudgedClaim]
  /// Sections of the report between the networks and the settings.
  static func furtherSections(_ settings: Settings) -> [Section]
  /// The settings as names and values.
  static func facts(_ settings: Settings, _ dense: Dense) -> Facts
}

extension PruningStudy {
  /// The default: none.
  package func blockEpochs(for size: Variant.Size) -> Int { 0 }

  /// The default: none.
  package static func furtherTables(_ results: PruningResults<Self>) -> [Table] { [] }

  /// The default: nothing.
  package static func remark(_ outcome: Outcome, _ dense: Dense) -> String { "" }

  /// The default: none.
  package static func furtherClaims(_ results: PruningResults<Self>) -> [JudgedClaim] { [] }

  /// The default: none.
  package static func furtherSections(_ settings: Settings) -> [Section] { [] }
}

/// The training phases of an experiment.
package enum TrainingPhase: Sendable {
  /// The training of the dense network.
  case dense
  /// The fine-tuning of a pruned network.
  case finetuning
  /// The training of a narrower network, for as long as the dense one and a pruned one together.
  case fromScratch
}

/// The settings common to all studies.
package protocol PruningStudySettings: Hashable, Sendable, Codable {
  /// The name of the data.
  var data: String { get }
  /// The number of test samples.
  var testCount: Int { get }
  /// The number of unlabelled training samples for pruning.
  var calibrationCount: Int { get }
  /// Samples in a step.
  var batchSize: Int { get }
  /// The seed of all random choices.
  var seed: UInt64 { get }
}

/// A smaller network of an experiment: a method at a size. In files its members are merged with the measured figures.
package protocol NetworkVariant: Hashable, Sendable, Codable {
  /// The part of a network that is kept, and its fraction.
  associatedtype Size: Hashable, Sendable

  /// The size.
  var size: Size { get }
  /// The method.
  var method: ExperimentMethod { get }
  /// A short name of the size, for evidence.
  var sizeLabel: String { get }
  /// The name of the network in lines of progress.
  var title: String { get }

  /// The network that `method` makes from the dense one at `size`.
  init(_ method: ExperimentMethod, at size: Size)
}

/// The accuracy of a network on test data.
package protocol MeasuredAccuracy: Sendable, Codable {
  /// The accuracy on all samples.
  var overall: Double { get }
}

extension Double: MeasuredAccuracy {
  /// The fraction itself.
  package var overall: Double { self }
}
