/// How well calibration inputs determine the re-fit of the layers that read a group: for the worst determined layer,
/// the number of rows seen and the number of weights of each output.
///
/// A least-squares fit of k weights to n independent rows leaves about `(n - k) / n` of the error on the rows it has
/// seen and `(n + k) / n` on others: with n = 2 k the reported error is a third of that on new inputs, with n = 10 k
/// nearly all of it. Rows of one image are correlated and count for less.
package struct RefitSufficiency: Hashable, Sendable, Codable {
  /// Rows of the layer's input: one for each sample of a dense layer, one for each output position of a convolution.
  package let rows: Int
  /// The number of samples that the rows come from.
  package let samples: Int
  /// The number of weights of each output for the kept units, including the bias.
  package let weights: Int

  /// The number of rows per weight below which a re-fit overfits.
  static let fewest = 2
  /// The number of rows per weight from which the reported error nearly holds for other inputs.
  static let enough = 10

  /// Whether there are too few rows.
  package var isTooFew: Bool { rows < Self.fewest * weights }

  /// The number of samples that would suffice.
  package var samplesNeeded: Int {
    let rowsOfSample = max(1, rows / max(1, samples))
    return (Self.enough * weights + rowsOfSample - 1) / rowsOfSample
  }

  /// The layer of `problem` with the fewest rows per weight, re-fitted to `kept` units; `nil` if nothing is dropped.
  init?(of problem: SelectionProblem, keeping kept: [Int]) {
    guard kept.count < problem.unitCount else { return nil }
    let isKept = Set(kept)
    let dropped = (0..<problem.unitCount).filter { !isKept.contains($0) }
    let layers = problem.consumers.compactMap { consumer -> (rows: Int, samples: Int, weights: Int)? in
      let (own, bias) = (consumer.statistics, consumer.bias == nil ? 0 : 1)
      switch own.secondMoments {
      case .gram?:
        let left = own.rows - dropped.reduce(0) { $0 + consumer.rows[$1].count }
        return (own.count, own.sampleCount, left + bias)
      case .contributions?: return (own.count, own.sampleCount, kept.count + bias)
      case nil: return nil
      }
    }
    guard let worst = layers.min(by: { $0.rows * $1.weights < $1.rows * $0.weights }) else { return nil }
    (rows, samples, weights) = worst
  }
}
