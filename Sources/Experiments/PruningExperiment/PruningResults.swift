import EspalierPruning

/// The results of the experiment so far; an interrupted run resumes from them.
package struct PruningResults<Study: PruningStudy>: Sendable, Codable {
  /// The dense network.
  package struct Dense: Sendable, Codable {
    /// The accuracy on the test data.
    package let accuracy: Study.Accuracy
    /// The cost of storing and running it.
    package let cost: ModelCost
    /// Seconds of training; `nil` if it came from a file, or the time is not recorded.
    package let trainingSeconds: Double?
  }

  /// One smaller network.
  package struct Outcome: Sendable {
    /// The size and method.
    package let variant: Study.Variant
    /// The cost of storing and running it.
    package let cost: ModelCost
    /// The accuracy after pruning; `nil` if nothing was pruned.
    package let pruned: Study.Accuracy?
    /// The accuracy after fine-tuning, or training from scratch; `nil` if that diverged or was skipped.
    package let finetuned: Study.Accuracy?
    /// The time of pruning by stage.
    package let seconds: PruningResult.Seconds?
    /// Seconds of fine-tuning, or of training from scratch; `nil` if not recorded.
    package let trainingSeconds: Double?
    /// Figures specific to the study.
    package let details: Study.Details
  }

  /// The settings on which all results depend; results for other settings are kept apart.
  package let settings: Study.Settings
  /// The dense network, once available.
  package internal(set) var dense: Dense?
  /// The smaller networks so far.
  package internal(set) var outcomes: [Outcome] = []

  /// No results yet.
  package init(_ settings: Study.Settings) {
    self.settings = settings
  }

  /// The outcome for a variant, if available.
  package func outcome(_ variant: Study.Variant) -> Outcome? { outcomes.first { $0.variant == variant } }

  /// The sizes, in the order in which they were started.
  package var sizes: [Study.Variant.Size] {
    outcomes.reduce(into: []) { sizes, outcome in
      if !sizes.contains(outcome.variant.size) { sizes.append(outcome.variant.size) }
    }
  }

  /// The methods, in their usual order.
  package var methods: [ExperimentMethod] {
    ExperimentMethod.allCases.filter { method in outcomes.contains { $0.variant.method == method } }
  }

  /// The networks of a size, in the usual order of methods.
  func outcomes(of size: Study.Variant.Size) -> [Outcome] {
    methods.compactMap { outcome(Study.Variant($0, at: size)) }
  }
}

extension PruningResults.Outcome: Codable {
  private enum CodingKeys: CodingKey { case cost, pruned, finetuned, seconds, trainingSeconds }

  /// Reads the output of `encode(to:)`.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    variant = try Study.Variant(from: decoder)
    details = try Study.Details(from: decoder)
    cost = try container.decode(ModelCost.self, forKey: .cost)
    pruned = try container.decodeIfPresent(Study.Accuracy.self, forKey: .pruned)
    finetuned = try container.decodeIfPresent(Study.Accuracy.self, forKey: .finetuned)
    seconds = try container.decodeIfPresent(PruningResult.Seconds.self, forKey: .seconds)
    trainingSeconds = try container.decodeIfPresent(Double.self, forKey: .trainingSeconds)
  }

  /// Writes a single object, into which variant and details are merged.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try variant.encode(to: encoder)
    try details.encode(to: encoder)
    try container.encode(cost, forKey: .cost)
    try container.encodeIfPresent(pruned, forKey: .pruned)
    try container.encodeIfPresent(finetuned, forKey: .finetuned)
    try container.encodeIfPresent(seconds, forKey: .seconds)
    try container.encodeIfPresent(trainingSeconds, forKey: .trainingSeconds)
  }
}
