import Foundation

/// How the step size changes while a network is trained.
public enum LearningRateSchedule: Hashable, Sendable {
  /// Always the initial step size.
  case constant
  /// The initial step size times `factor` after every `epochs` epochs.
  case step(epochs: Int, factor: Double)
  /// From the initial step size to zero along half a cosine: `(1 + cos(pi t)) / 2` with t the fraction of training done.
  ///
  /// Source: I. Loshchilov and F. Hutter, "SGDR", ICLR 2017, eq. 5, without restarts.
  case cosine

  /// What the initial step size is multiplied by at step `step` of `total`, with `stepsPerEpoch` in an epoch.
  public func factor(step: Int, of total: Int, stepsPerEpoch: Int) -> Double {
    switch self {
    case .constant: 1
    case .step(let epochs, let factor): pow(factor, Double(step / max(epochs * stepsPerEpoch, 1)))
    case .cosine: (1 + cos(.pi * Double(step) / Double(max(total, 1)))) / 2
    }
  }
}
