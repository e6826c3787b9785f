/// Seconds from one stage to the next.
struct StageClock {
  private let start = ContinuousClock.now
  private var last = ContinuousClock.now

  /// Seconds since the last call, or since the beginning.
  mutating func lap() -> Double {
    let now = ContinuousClock.now
    defer { last = now }
    return (now - last) / .seconds(1)
  }

  /// Seconds since the beginning.
  var total: Double { (ContinuousClock.now - start) / .seconds(1) }
}
