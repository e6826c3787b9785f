/// How well calibration inputs determine the re-fit of a group's readers: of the layer that is worst off, the rows that
/// were seen and the weights that each output takes from them.
///
/// A least-squares fit of k weights to n rows leaves about `(n - k) / n` of the error on the rows it has seen and `(n +
/// k) / n` of it on others (rows being independent): with n = 2 k what it reports is a third of what a user will see,
/// with n = 10 k nearly all. Rows of one image lie near each other and count for less than that.
package struct RefitSufficiency: Hashable, Sendable, Codable {
  /// Rows of the layer's input: one for each sample of a dense layer, for each place of the output of a convolution.
  package let rows: Int
  /// How many samples the rows come from.
  package let samples: Int
  /// Weights that each output has in the kept units, its bias included.
  package let weights: Int

  /// With fewer rows a weight than this, a re-fit says more of its inputs than of the layer.
  static let fewest = 2
  /// With as many rows a weight, what a re-fit reports holds nearly so for other inputs.
  static let enough = 10

  /// Whether there are too few.
  package var isTooFew: Bool { rows < Self.fewest * weights }

  /// How many samples would do.
  package var samplesNeeded: Int {
    let rowsOfSample = max(1, rows / max(1, samples))
    return (Self.enough * weights + rowsOfSample - 1) / rowsOfSample
  }

  /// The layer of `problem` with the fewest rows a weight, re-fitted to `kept` units; `nil` where nothing is dropped.
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
