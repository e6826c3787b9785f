import EspalierFiles

/// A span of time that ends at a moment of a clock.
package struct TimeBudget: Sendable {
  /// The moment at which it ends, in seconds of the clock.
  package let end: Double
  /// The clock, in seconds since any moment.
  package let now: @Sendable () -> Double

  /// The `seconds` from now on `clock`; by default on a monotonic clock.
  package init(seconds: Double, clock: (@Sendable () -> Double)? = nil) {
    let origin = ContinuousClock.now
    now = clock ?? { (ContinuousClock.now - origin) / .seconds(1) }
    end = now() + seconds
  }

  private init(end: Double, _ now: @escaping @Sendable () -> Double) {
    (self.end, self.now) = (end, now)
  }

  /// The seconds left, never negative.
  package var remaining: Double { max(0, end - now()) }

  /// Whether no time is left, or a signal asks the job to end (``Interruption``).
  package var isOver: Bool { now() >= end || Interruption.signal != nil }

  /// The first `share` (0 to 1) of what is left.
  package func first(_ share: Double) -> TimeBudget { TimeBudget(end: now() + share * remaining, now) }

  /// The same span without its last `seconds`.
  package func reserving(_ seconds: Double) -> TimeBudget { TimeBudget(end: end - seconds, now) }
}
