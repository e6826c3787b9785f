import Engine
import Experiments
import Pruning

/// The JSON of `prune`.
struct PruneJSON: Encodable {
  struct Group: Encodable {
    let id: String
    let size: Int
    let kept: [Int]
    let residual: Double
    let relativeResidual: Double
    let refittedResidual: Double?
    let iterations: Int
  }

  struct VerificationJSON: Encodable {
    let maximumDifference: Double
    let relativeDifference: Double
    let samples: Int
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
  let latency: LatencyJSON
  let samples: Int
  let accuracy: PruningAccuracy
  let peakMemory: Int

  init(_ result: PruningResult, _ latency: LatencyComparison, _ accuracy: PruningAccuracy) {
    self.accuracy = accuracy
    groups = result.groups.map {
      Group(
        id: $0.group.id, size: $0.group.size, kept: $0.selection.kept, residual: $0.residual,
        relativeResidual: $0.relativeResidual, refittedResidual: $0.refittedResidual,
        iterations: $0.selection.trace.count)
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
