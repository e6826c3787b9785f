import EspalierPruning

/// The figures that the experiment has found so far; a run that was interrupted goes on from them.
package struct PruningResults<Study: PruningStudy>: Sendable, Codable {
  /// The dense network.
  package struct Dense: Sendable, Codable {
    /// How much of the test data it tells right.
    package let accuracy: Study.Accuracy
    /// The cost of storing and of running it.
    package let cost: ModelCost
    /// Seconds of training; `nil` where it came from a file, or that is not recorded.
    package let trainingSeconds: Double?
  }

  /// One smaller network.
  package struct Outcome: Sendable {
    /// How it was made.
    package let variant: Study.Variant
    /// The cost of storing and of running it.
    package let cost: ModelCost
    /// The accuracy right after pruning; `nil` where nothing was pruned.
    package let pruned: Study.Accuracy?
    /// The accuracy after fine-tuning, or training from scratch; `nil` where that diverged or was left out.
    package let finetuned: Study.Accuracy?
    /// Where the time of pruning went.
    package let seconds: PruningResult.Seconds?
    /// Seconds of fine-tuning, or of training from scratch; `nil` where that is not recorded.
    package let trainingSeconds: Double?
    /// The figures of this kind of networks.
    package let details: Study.Details
  }

  /// The settings that all results depend on; those of other settings are not mixed with these.
  package let settings: Study.Settings
  /// The dense network, once it is there.
  package internal(set) var dense: Dense?
  /// The smaller networks so far.
  package internal(set) var outcomes: [Outcome] = []

  /// Nothing is found yet.
  package init(_ settings: Study.Settings) {
    self.settings = settings
  }

  /// The outcome of a variant, if it is known.
  package func outcome(_ variant: Study.Variant) -> Outcome? { outcomes.first { $0.variant == variant } }

  /// The sizes, in the order in which they were begun.
  package var sizes: [Study.Variant.Size] {
    outcomes.reduce(into: []) { sizes, outcome in
      if !sizes.contains(outcome.variant.size) { sizes.append(outcome.variant.size) }
    }
  }

  /// The methods, in their usual order.
  package var methods: [ExperimentMethod] {
    ExperimentMethod.allCases.filter { method in outcomes.contains { $0.variant.method == method } }
  }

  /// The networks of a size, in the usual order of their methods.
  func outcomes(of size: Study.Variant.Size) -> [Outcome] {
    methods.compactMap { outcome(Study.Variant($0, at: size)) }
  }
}

extension PruningResults.Outcome: Codable {
  private enum CodingKeys: CodingKey { case cost, pruned, finetuned, seconds, trainingSeconds }

  /// Reads what `encode(to:)` writes.
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

  /// Writes one object: variant and details are no objects of their own in it.
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
