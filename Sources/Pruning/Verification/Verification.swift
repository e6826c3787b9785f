import Engine
import Files
import Graph
import Operators
import Tensors

/// The proof that a pruned network computes what the dense one computes with the dropped units masked, on real inputs.
public struct Verification: Hashable, Sendable {
  /// The largest difference of two output elements.
  public let maximumDifference: Double
  /// The same, over the largest absolute value of any output element.
  public let relativeDifference: Double
  /// How many samples were compared.
  public let sampleCount: Int

  /// The relative difference above which a pruned network is not what it should be.
  public static let tolerance = 1e-4

  /// Whether the two agree.
  public var holds: Bool { relativeDifference <= Self.tolerance }

  /// Compares the outputs of two graphs of the same inputs on the first samples of `data`.
  public init(
    of pruned: Graph, against masked: Graph, on data: any CalibrationData, sampleCount: Int = 256,
    backend: any Backend = Backends.standard
  ) throws {
    var difference = 0.0
    var largest = 0.0
    var compared = 0
    do {
      try data.forEachBatch(of: sampleCount) { batch in
        let feeds = batch.mapValues(TensorType.init(of:))
        let first = try Session(Plan(pruned, feeds: feeds), on: backend).run(batch)
        let second = try Session(Plan(masked, feeds: feeds), on: backend).run(batch)
        for output in pruned.outputs.map(\.name) {
          guard let a = first[output]?.doubles(), let b = second[output]?.doubles(), a.count == b.count else {
            throw DataError("output \"\(output)\"", "has another shape after pruning")
          }
          for (x, y) in zip(a, b) {
            // A number that is none must not pass for a small difference.
            difference = (x - y).isNaN ? .infinity : max(difference, abs(x - y))
            largest = max(largest, abs(y))
          }
        }
        compared = batch.values.first?.shape.first ?? 0
        throw Enough()
      }
    } catch is Enough {}
    maximumDifference = difference
    relativeDifference = difference == 0 ? 0 : difference / max(largest, .leastNormalMagnitude)
    self.sampleCount = compared
  }

  /// Ends the pass over the data after its first batch.
  private struct Enough: Error {}
}
