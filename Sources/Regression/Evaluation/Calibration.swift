/// Predicted probabilities beside outcomes, in ten bins of as many rows each.
package struct Calibration: Hashable, Sendable {
  /// Rows of similar probabilities.
  package struct Bin: Hashable, Sendable {
    /// The number of rows.
    package var rowCount: Int
    /// Their weight.
    package var weight: Double
    /// The mean probability.
    package var predicted: Double
    /// The share of outcomes.
    package var observed: Double
  }

  /// The bins, by increasing probability; fewer than ten where many probabilities are equal, which share a bin.
  package let bins: [Bin]

  /// The mean distance between probability and outcome of the bins, by weight (expected calibration error).
  package var error: Double {
    let weight = bins.reduce(0) { $0 + $1.weight }
    return bins.reduce(0) { $0 + $1.weight * abs($1.predicted - $1.observed) } / weight
  }

  /// The calibration of probabilities with outcomes from 0 to 1; weights are positive.
  init(_ cases: [(probability: Double, outcome: Double, weight: Double)]) {
    let sorted = cases.sorted { $0.probability < $1.probability }
    let total = sorted.reduce(0) { $0 + $1.weight }
    var bins: [Int: Bin] = [:]
    var (passed, own, previous) = (0.0, 0, -Double.infinity)
    for one in sorted {
      if one.probability != previous { own = min(9, Int(10 * (passed / total))) }
      previous = one.probability
      passed += one.weight
      var bin = bins[own] ?? Bin(rowCount: 0, weight: 0, predicted: 0, observed: 0)
      bin.rowCount += 1
      bin.weight += one.weight
      bin.predicted += one.weight * one.probability
      bin.observed += one.weight * one.outcome
      bins[own] = bin
    }
    self.bins = bins.sorted { $0.key < $1.key }.map { _, bin in
      Bin(
        rowCount: bin.rowCount, weight: bin.weight, predicted: bin.predicted / bin.weight,
        observed: bin.observed / bin.weight)
    }
  }
}
