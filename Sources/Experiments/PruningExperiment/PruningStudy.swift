import EspalierGraph
import EspalierPruning
import EspalierReports
import EspalierTraining

/// A kind of networks that ``PruningExperiment`` is made on: its networks, sizes and measures, and what a report says
/// of it alone.
///
/// A study is made once for each run. What is static follows from results alone, so that a report can be made from a
/// file of them.
package protocol PruningStudy: Sendable {
  /// The settings that all results depend on.
  associatedtype Settings: PruningStudySettings
  /// A smaller network: which part of the dense one is kept, and by which method.
  associatedtype Variant: NetworkVariant
  /// How much of the test data a network tells right.
  associatedtype Accuracy: MeasuredAccuracy
  /// Figures of a smaller network that are measured of this kind alone. In files they stand among the others.
  associatedtype Details: Sendable, Codable

  /// Figures of the dense network.
  typealias Dense = PruningResults<Self>.Dense
  /// Figures of a smaller network.
  typealias Outcome = PruningResults<Self>.Outcome

  /// The settings that all results depend on.
  var settings: Settings { get }

  /// The dense network before it is trained.
  func denseNetwork() -> Model
  /// How a network is trained in `phase`; `nil` where that phase is left out.
  func training(_ phase: TrainingPhase) -> TrainingOptions?
  /// A request that brings the network `dense` to `size`.
  ///
  /// - Throws: `EspalierError` if the network has not got the groups of that size.
  func request(for size: Variant.Size, of dense: Graph) throws -> PruningRequest
  /// A network that was never pruned, narrower everywhere, whose operations are nearest to `macs`, with initial
  /// weights.
  ///
  /// - Throws: `EspalierError` if networks of this kind have none.
  func uniformNetwork(macs: Int) throws -> Graph
  /// The accuracy that `evaluation` has found.
  func accuracy(_ evaluation: Evaluation) -> Accuracy
  /// Measures `network`, which `pruning` has made if it was pruned.
  func details(of network: Graph, _ pruning: PruningResult?, in trial: PruningTrial<Self>) throws -> Details

  /// Whether results say how long training took.
  static var recordsTrainingTime: Bool { get }
  /// The title of a report.
  static func title(_ settings: Settings) -> String
  /// The columns of a table that accuracies and whatever is this kind's alone take.
  static func columns(_ outcomes: [Outcome]) -> [ResultColumn<Self>]
  /// A sentence on the table of a size.
  static func caption(_ size: Variant.Size, _ outcomes: [Outcome], _ settings: Settings) -> String
  /// Tables that follow those of the sizes.
  static func furtherTables(_ results: PruningResults<Self>) -> [Table]
  /// The pairs of charts of a report.
  static func panels(_ results: PruningResults<Self>) -> [ChartPanel<Variant.Size>]
  /// The lines that charts show of the dense network.
  static func references(_ dense: Dense) -> [Reference]
  /// The claims on accuracies that are checked of this kind alone.
  static var claims: [AccuracyClaim] { get }
  /// The end of the sentence that compares a network with the dense one.
  static func remark(_ outcome: Outcome, _ dense: Dense) -> String
  /// Claims that are not on accuracies.
  static func furtherVerdicts(_ results: PruningResults<Self>) -> [Block]
  /// Sections of the report between the networks and the settings.
  static func furtherSections(_ settings: Settings) -> [Section]
  /// The settings in words.
  static func facts(_ settings: Settings, _ dense: Dense) -> Facts
}

extension PruningStudy {
  /// None.
  package static func furtherTables(_ results: PruningResults<Self>) -> [Table] { [] }

  /// Nothing.
  package static func remark(_ outcome: Outcome, _ dense: Dense) -> String { "" }

  /// None.
  package static func furtherVerdicts(_ results: PruningResults<Self>) -> [Block] { [] }

  /// None.
  package static func furtherSections(_ settings: Settings) -> [Section] { [] }
}

/// When a network of an experiment is trained.
package enum TrainingPhase: Sendable {
  /// The dense network, at first.
  case dense
  /// A pruned network.
  case finetuning
  /// A narrower network, for as long as the dense one and a pruned one together.
  case fromScratch
}

/// The settings that every kind of networks has.
package protocol PruningStudySettings: Hashable, Sendable, Codable {
  /// The name of the data.
  var data: String { get }
  /// How many samples accuracies are measured on.
  var testCount: Int { get }
  /// How many unlabelled training samples pruning looks at.
  var calibrationCount: Int { get }
  /// Samples in a step.
  var batchSize: Int { get }
  /// All that is random follows from it.
  var seed: UInt64 { get }
}

/// A smaller network of an experiment: a method at a size. In files its figures stand beside those that are measured.
package protocol NetworkVariant: Hashable, Sendable, Codable {
  /// Which part of a network is kept, and how much of it.
  associatedtype Size: Hashable, Sendable

  /// How much is kept.
  var size: Size { get }
  /// How the network is made.
  var method: ExperimentMethod { get }
  /// The size in a word, for evidence.
  var sizeLabel: String { get }
  /// The name of the network in lines of progress.
  var title: String { get }

  /// The network that `method` makes of the dense one at `size`.
  init(_ method: ExperimentMethod, at size: Size)
}

/// How much of the test data a network tells right.
package protocol MeasuredAccuracy: Sendable, Codable {
  /// The fraction of all samples.
  var overall: Double { get }
}

extension Double: MeasuredAccuracy {
  /// The fraction itself.
  package var overall: Double { self }
}
