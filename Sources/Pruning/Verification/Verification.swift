import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors

/// The check that a pruned network computes the same as the dense one with the dropped units masked, on real inputs.
package struct Verification: Hashable, Sendable {
  /// The largest difference of two output elements.
  package let maximumDifference: Double
  /// The same, over the largest absolute value of any output element.
  package let relativeDifference: Double
  /// The number of samples compared.
  package let sampleCount: Int
  /// The nodes, such as `TopK "boxes"`, behind which nothing was compared, since rounding decides what they choose;
  /// empty if outputs were compared.
  package let choices: [String]

  /// The largest relative difference at which a pruned network is accepted.
  package static let tolerance = 1e-4

  /// The number of samples to compare networks of so many multiply-accumulates on: 256, fewer of large ones, and at
  /// least sixteen. What surgery gets wrong shows in each of them.
  static func sampleCount(macs: Int) -> Int { min(256, max(16, (32 << 30) / max(macs, 1))) }

  /// Whether the two agree.
  package var holds: Bool { relativeDifference <= Self.tolerance }

  /// Compares the outputs of two graphs with the same inputs on the first samples of `data`, a few at a time.
  ///
  /// Where they differ and depend on a choice between numbers, the values that are chosen from are compared instead, if
  /// all that was removed shows in them (`ChosenFrom`).
  ///
  /// - Parameter sampleCount: The largest number of samples to compare.
  package init(
    of pruned: Graph, against masked: Graph, on data: any CalibrationData, sampleCount: Int = 256,
    backend: any Backend = Backends.standard
  ) throws(EspalierError) {
    let pair = (pruned: pruned, masked: masked)
    var result = try Verification(pair, nil, on: data, sampleCount, backend)
    if !result.holds, let chosen = ChosenFrom(in: pruned, like: masked) {
      let before = try Verification(pair, chosen, on: data, sampleCount, backend)
      if before.holds { result = before }
    }
    self = result
  }

  private init(
    _ graphs: (pruned: Graph, masked: Graph), _ chosen: ChosenFrom?, on data: any CalibrationData, _ sampleCount: Int,
    _ backend: any Backend
  ) throws(EspalierError) {
    var comparison = Comparison()
    var runs = PairedRuns(graphs.pruned, graphs.masked, results: chosen?.values, on: backend)
    var compared = 0
    let size = try CalibrationPass(graph: graphs.masked, gramLimit: 0, cut: graphs.masked.outputs.map(\.name))
      .batchSize(atMost: sampleCount, of: min(sampleCount, data.count))
    let stream = try data.batches(of: size)
    while compared < sampleCount, let batch = try stream.next() {
      let results = try runs(batch)
      try comparison.add(results.first, results.second)
      compared += batch.sampleCount
    }
    maximumDifference = comparison.difference
    relativeDifference =
      comparison.difference == 0 ? 0 : comparison.difference / max(comparison.largest, .leastNormalMagnitude)
    self.sampleCount = compared
    choices = chosen?.nodes ?? []
  }

  /// The largest difference so far, and the largest element.
  private struct Comparison {
    var difference = 0.0
    var largest = 0.0

    mutating func add(_ first: [String: Tensor], _ second: [String: Tensor]) throws(EspalierError) {
      for output in second.keys.sorted() {
        guard let a = first[output]?.doubles(), let b = second[output]?.doubles(), a.count == b.count else {
          throw EspalierError(.internal, "output \"\(output)\"", "has another shape after pruning")
        }
        for (x, y) in zip(a, b) {
          // A NaN must not pass for a small difference.
          difference = (x - y).isNaN ? .infinity : max(difference, abs(x - y))
          largest = max(largest, abs(y))
        }
      }
    }
  }
}
