/// A schedule that begins with steps that grow from next to nothing: step k of w is multiplied by `(k + 1) / w`, and
/// the schedule begins behind them.
///
/// Source: P. Goyal et al., "Accurate, large minibatch SGD" (2017), section 2.2; usual for transformers since A.
/// Vaswani et al. (2017).
package struct WarmUp: Hashable, Sendable {
  /// Which part of all steps.
  package var fraction: Double

  /// A warm-up over this part of all steps.
  package init(fraction: Double = 0) {
    self.fraction = fraction
  }

  /// The factor of the initial step size at step `step` of `total`.
  package func factor(_ schedule: LearningRateSchedule, step: Int, of total: Int, stepsPerEpoch: Int) -> Double {
    let own = Int((fraction * Double(total)).rounded(.up))
    guard step < own else {
      return schedule.factor(step: step - own, of: total - own, stepsPerEpoch: stepsPerEpoch)
    }
    return Double(step + 1) / Double(own)
  }
}
