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
    let heldOutResidual: Double?
    let iterations: Int
    let method: String
    /// Absent if it was not asked for.
    let theory: TheoryJSON?
  }

  struct VerificationJSON: Encodable {
    let maximumDifference: Double
    let relativeDifference: Double
    let samples: Int
    let statement: String

    init(_ verification: Verification) {
      maximumDifference = verification.maximumDifference
      relativeDifference = verification.relativeDifference
      samples = verification.sampleCount
      statement = verification.sentence
    }
  }

  /// Figures of the pruned network against the dense one, on held-out inputs.
  struct FidelityJSON: Encodable {
    @OrNull var agreement: Double?
    @OrNull var agreementInterval: WilsonInterval?
    @OrNull var relativeError: Double?
    @OrNull var klDivergence: Double?
    let samples: Int
    let twin: Bool
    let outputs: [Fidelity.Output]
    let statement: String

    init(_ fidelity: Fidelity) {
      agreement = fidelity.agreement
      agreementInterval = fidelity.agreementInterval
      relativeError = fidelity.relativeError
      klDivergence = fidelity.worstDivergence?.klDivergence
      samples = fidelity.samples
      twin = fidelity.isTwin
      outputs = fidelity.outputs
      statement = fidelity.sentence + "."
    }
  }

  struct LatencyJSON: Encodable {
    let batch: Int
    let before: Latency
    let after: Latency
    let speedup: Double
    let verdict: String
  }

  let summary: String
  let provenance: Provenance
  let groups: [Group]
  let before: ModelCost
  let after: ModelCost
  /// The shapes that costs are counted for, of the inputs that the file leaves sizes of open.
  let countedFor: [String: [Int]]
  let seconds: PruningResult.Seconds
  let verification: VerificationJSON
  @OrNull var fidelity: FidelityJSON?
  /// What became of budgets; absent if widths were asked for.
  let budget: BudgetOutcome?
  @OrNull var distillation: DistillationJSON?
  let warnings: [String]
  let latency: LatencyJSON
  let samples: Int
  let accuracy: PruningAccuracy
  let peakMemory: Int

  /// The figures of `report` and `accuracy`.
  package init(_ report: PruningReport, _ accuracy: PruningAccuracy) {
    let (result, latency) = (report.result, report.latency)
    summary = report.summary
    provenance = report.provenance
    fidelity = report.fidelity.map(FidelityJSON.init)
    warnings = report.warnings
    budget = report.budget
    distillation = report.distillation.map(DistillationJSON.init)
    self.accuracy = accuracy
    groups = result.groups.map {
      Group(
        id: $0.group.id, size: $0.group.size, kept: $0.selection.kept, residual: $0.residual,
        relativeResidual: $0.relativeResidual, refittedResidual: $0.refittedResidual,
        heldOutResidual: $0.heldOutResidual,
        iterations: $0.selection.trace.count, method: $0.method, theory: $0.theory.map(TheoryJSON.init))
    }
    before = result.before
    after = result.after
    countedFor = result.countedFor.mapValues(\.sizes)
    seconds = result.seconds
    verification = VerificationJSON(result.verification)
    self.latency = LatencyJSON(
      batch: latency.batch, before: latency.before, after: latency.after, speedup: latency.speedup,
      verdict: latency.outcome)
    samples = result.sampleCount
    peakMemory = PeakMemory.bytes
  }
}
