import Foundation

/// How the step size changes while a network is trained.
package enum LearningRateSchedule: Hashable, Sendable {
  /// Always the initial step size.
  case constant
  /// The initial step size times `factor` after every `epochs` epochs.
  case step(epochs: Int, factor: Double)
  /// From the initial step size to zero along half a cosine: `(1 + cos(pi t)) / 2` with t the fraction of training done.
  ///
  /// Source: I. Loshchilov and F. Hutter, "SGDR", ICLR 2017, eq. 5, without restarts.
  case cosine
  /// From the initial step size to zero along a straight line.
  case linear

  /// What the initial step size is multiplied by at step `step` of `total`, with `stepsPerEpoch` in an epoch.
  package func factor(step: Int, of total: Int, stepsPerEpoch: Int) -> Double {
    switch self {
    case .constant: 1
    case .linear: 1 - Double(step) / Double(max(total, 1))
    case .step(let epochs, let factor): pow(factor, Double(step / max(epochs * stepsPerEpoch, 1)))
    case .cosine: (1 + cos(.pi * Double(step) / Double(max(total, 1)))) / 2
    }
  }
}

/// A schedule that begins with steps that grow from next to nothing: step k of w is multiplied by `(k + 1) / w`, and the schedule begins
/// behind them.
///
/// Source: P. Goyal et al., "Accurate, large minibatch SGD" (2017), section 2.2; usual for transformers since A. Vaswani et al. (2017).
package struct WarmUp: Hashable, Sendable {
  /// Which part of all steps.
  package var fraction: Double

  /// A warm-up over this part of all steps.
  package init(fraction: Double = 0) {
    self.fraction = fraction
  }

  /// What the initial step size is multiplied by at step `step` of `total`.
  package func factor(_ schedule: LearningRateSchedule, step: Int, of total: Int, stepsPerEpoch: Int) -> Double {
    let own = Int((fraction * Double(total)).rounded(.up))
    guard step < own else {
      return schedule.factor(step: step - own, of: total - own, stepsPerEpoch: stepsPerEpoch)
    }
    return Double(step + 1) / Double(own)
  }
}
