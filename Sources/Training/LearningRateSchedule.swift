import Foundation

/// How the step size changes while a network is trained: a factor of the initial one, by step.
package struct LearningRateSchedule: Sendable, CustomStringConvertible, CustomReflectable {
  /// The schedule with its settings, as in `step(epochs: 30, factor: 0.1)`; equal for equal schedules.
  package let description: String
  private let rule: @Sendable (_ step: Int, _ total: Int, _ stepsPerEpoch: Int) -> Double

  /// A schedule whose factor at step `step` of `total`, with `stepsPerEpoch` in an epoch, is that of `rule`.
  package init(
    _ description: String, rule: @escaping @Sendable (_ step: Int, _ total: Int, _ stepsPerEpoch: Int) -> Double
  ) {
    self.description = description
    self.rule = rule
  }

  /// Nothing but the description, which says all that two schedules differ in.
  package var customMirror: Mirror { Mirror(self, children: []) }

  /// The factor of the initial step size at step `step` of `total`, with `stepsPerEpoch` in an epoch.
  package func factor(step: Int, of total: Int, stepsPerEpoch: Int) -> Double { rule(step, total, stepsPerEpoch) }

  /// Always the initial step size.
  package static let constant = LearningRateSchedule("constant") { _, _, _ in 1 }

  /// From the initial step size to zero along a straight line.
  package static let linear = LearningRateSchedule("linear") { step, total, _ in
    1 - Double(step) / Double(max(total, 1))
  }

  /// From the initial step size to zero along half a cosine: `(1 + cos(pi t)) / 2` with t the fraction of training
  /// done.
  ///
  /// Source: I. Loshchilov and F. Hutter, "SGDR", ICLR 2017, eq. 5, without restarts.
  package static let cosine = LearningRateSchedule("cosine") { step, total, _ in
    (1 + cos(.pi * Double(step) / Double(max(total, 1)))) / 2
  }

  /// The initial step size times `factor` after every `epochs` epochs.
  package static func step(epochs: Int, factor: Double) -> LearningRateSchedule {
    LearningRateSchedule("step(epochs: \(epochs), factor: \(factor))") { step, _, stepsPerEpoch in
      pow(factor, Double(step / max(epochs * stepsPerEpoch, 1)))
    }
  }
}
