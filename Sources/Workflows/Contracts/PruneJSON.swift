import EspalierEngine
import EspalierPruning
import EspalierReports

/// The JSON of `prune`.
package struct PruneJSON: Encodable {
  struct Group: Encodable {
    let id: String
    let size: Int
    let kept: [Int]
    let residual: Double
    let relativeResidual: Double
    let refittedResidual: Double?
    let iterations: Int
    let method: String
  }

  struct VerificationJSON: Encodable {
    let maximumDifference: Double
    let relativeDifference: Double
    let samples: Int
  }

  /// Figures of the pruned network against the dense one, on held-out inputs.
  struct FidelityJSON: Encodable {
    @OrNull var agreement: Double?
    @OrNull var relativeError: Double?
    let samples: Int
    let twin: Bool
    let outputs: [Fidelity.Output]

    init(_ fidelity: Fidelity) {
      agreement = fidelity.agreement
      relativeError = fidelity.relativeError
      samples = fidelity.samples
      twin = fidelity.isTwin
      outputs = fidelity.outputs
    }
  }

  struct LatencyJSON: Encodable {
    let batch: Int
    let before: Latency
    let after: Latency
    let speedup: Double
    let verdict: String
  }

  let groups: [Group]
  let before: ModelCost
  let after: ModelCost
  let seconds: PruningResult.Seconds
  let verification: VerificationJSON
  @OrNull var fidelity: FidelityJSON?
  @OrNull var distillation: DistillationJSON?
  let warnings: [String]
  let latency: LatencyJSON
  let samples: Int
  let accuracy: PruningAccuracy
  let peakMemory: Int

  /// The figures of `summary` and `accuracy`.
  package init(_ summary: PruningReport, _ accuracy: PruningAccuracy) {
    let (result, latency) = (summary.result, summary.latency)
    fidelity = summary.fidelity.map(FidelityJSON.init)
    distillation = summary.distillation.map(DistillationJSON.init)
    warnings = summary.warnings
    self.accuracy = accuracy
    groups = result.groups.map {
      Group(
        id: $0.group.id, size: $0.group.size, kept: $0.selection.kept, residual: $0.residual,
        relativeResidual: $0.relativeResidual, refittedResidual: $0.refittedResidual,
        iterations: $0.selection.trace.count, method: $0.method)
    }
    before = result.before
    after = result.after
    seconds = result.seconds
    verification = VerificationJSON(
      maximumDifference: result.verification.maximumDifference,
      relativeDifference: result.verification.relativeDifference, samples: result.verification.sampleCount)
    self.latency = LatencyJSON(
      batch: latency.batch, before: latency.before, after: latency.after, speedup: latency.speedup,
      verdict: latency.outcome)
    samples = result.sampleCount
    peakMemory = PeakMemory.bytes
  }
}
