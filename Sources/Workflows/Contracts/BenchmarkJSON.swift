import EspalierEngine

/// The JSON of `benchmark`.
package struct BenchmarkJSON: Encodable {
  let median: Double
  let p90: Double
  let runs: Int
  package let peakMemory: Int

  /// `latency`, and the peak memory of the process.
  package init(_ latency: Latency) {
    (median, p90, runs) = (latency.median, latency.p90, latency.runs)
    peakMemory = PeakMemory.bytes
  }
}
