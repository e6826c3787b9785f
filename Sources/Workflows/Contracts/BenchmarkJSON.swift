import EspalierEngine
import EspalierTensors

/// The JSON of `benchmark`.
package struct BenchmarkJSON: Encodable {
  let median: Double
  let p90: Double
  let runs: Int
  package let peakMemory: Int
  /// The shapes of the inputs by name.
  let inputs: [String: [Int]]

  /// `latency` on inputs of these shapes, and the peak memory of the process.
  package init(_ latency: Latency, inputs: [String: Shape]) {
    (median, p90, runs) = (latency.median, latency.p90, latency.runs)
    peakMemory = PeakMemory.bytes
    self.inputs = inputs.mapValues(\.sizes)
  }
}
