/// How long one run of a network takes: measured, not derived.
public struct Latency: Hashable, Sendable, Codable {
  /// The median over the runs, in seconds.
  public let median: Double
  /// The time that nine runs in ten stay under, in seconds.
  public let p90: Double
  /// How many runs were measured.
  public let runs: Int

  /// Sums up measured times, at least one.
  public init(seconds: [Double]) {
    let sorted = seconds.sorted()
    median = sorted[sorted.count / 2]
    p90 = sorted[min(sorted.count - 1, sorted.count * 9 / 10)]
    runs = sorted.count
  }

  /// Measures several sessions in turn, so that whatever else the machine does falls on all of them alike.
  ///
  /// - Parameters:
  ///   - budget: Seconds to spend on each session; at least `minimumRuns` runs are made all the same.
  public static func measure(_ sessions: [Session], budget: Double, minimumRuns: Int = 5) -> [Latency] {
    for session in sessions { session.run() }
    var seconds = sessions.map { _ in [Double]() }
    let start = ContinuousClock.now
    repeat {
      for (index, session) in sessions.enumerated() {
        let elapsed = ContinuousClock().measure { session.run() }
        seconds[index].append(elapsed / .seconds(1))
      }
    } while seconds[0].count < minimumRuns
      || (ContinuousClock.now - start) / .seconds(1) < budget * Double(sessions.count)
    return seconds.map(Latency.init(seconds:))
  }
}
