import EspalierEngine

/// The JSON of `benchmark`.
package struct BenchmarkJSON: Encodable {
  let median: Double
  let p90: Double
  let runs: Int
  package let peakMemory: Int

  /// `latency`, and the most memory that the process has held so far.
  package init(_ latency: Latency) {
    (median, p90, runs) = (latency.median, latency.p90, latency.runs)
    peakMemory = PeakMemory.bytes
  }
}
