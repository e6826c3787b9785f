import EspalierTensors
import EspalierTraining

/// What a distillation has reached: the parameters learnt, and the time used.
///
/// A distillation that is continued from it begins its blocks anew, from what was learnt and with the time that is
/// left: its result depends on the clock, interrupted or not.
struct DistillationState: FileState, Hashable {
  static let kind = "distillation state"
  static let version = 1

  /// The distillation that the state belongs to.
  let origin: StateOrigin
  /// The parameters of the network, by name.
  let parameters: [String: Tensor]
  /// Seconds used.
  let seconds: Double
}
