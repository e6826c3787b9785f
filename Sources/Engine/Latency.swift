/// The time that one run of a network takes, measured rather than derived.
package struct Latency: Hashable, Sendable, Codable {
  /// The median over the runs, in seconds.
  package let median: Double
  /// The 90th percentile, in seconds.
  package let p90: Double
  /// The number of runs measured.
  package let runs: Int

  /// Summarises measured times, at least one.
  package init(seconds: [Double]) {
    let sorted = seconds.sorted()
    median = sorted[sorted.count / 2]
    p90 = sorted[min(sorted.count - 1, sorted.count * 9 / 10)]
    runs = sorted.count
  }

  /// Measures several sessions in turn, forward and backward through the list, so that other load on the machine
  /// affects all of them alike.
  ///
  /// - Parameters:
  ///   - budget: The seconds to spend on each session.
  ///   - minimumRuns: The minimum number of runs of each session, even beyond its budget.
  ///   - limit: The seconds for all sessions together after which three runs of each suffice.
  package static func measure(
    _ sessions: [Session], budget: Double, minimumRuns: Int = 15, limit: Double = 5
  ) -> [Latency] {
    for session in sessions { session.run() }
    var seconds = sessions.map { _ in [Double]() }
    let start = ContinuousClock.now
    var elapsed: Double { (ContinuousClock.now - start) / .seconds(1) }
    func isEnough(_ runs: Int) -> Bool {
      if runs < 3 { return false }
      return elapsed >= max(limit, budget * Double(sessions.count))
        || runs >= minimumRuns && elapsed >= budget * Double(sessions.count)
    }
    while !isEnough(seconds.first?.count ?? .max) {
      let isForward = (seconds.first?.count ?? 0) % 2 == 0
      for index in isForward ? Array(sessions.indices) : sessions.indices.reversed() {
        seconds[index].append(ContinuousClock().measure { sessions[index].run() } / .seconds(1))
      }
    }
    return seconds.map(Latency.init(seconds:))
  }
}
