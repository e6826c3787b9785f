import Foundation

/// The sum of Kullback-Leibler divergences of rows of class scores, of a small network from a dense one:
///
///     KL(p || q) = sum_c p_c log(p_c / q_c),   p = softmax(dense row), q = softmax(small row), in nats
///
/// Rows that are probabilities already (no entry negative, sum 1) are p and q themselves. Which of the two they are is
/// decided for the whole output: by all rows of both networks.
struct DivergenceSum {
  /// The largest distance from 1 of the sum of probabilities in single precision.
  private static let tolerance = 1e-3
  /// The smallest probability: a softmax in single precision gives 0 for less.
  private static let smallest = Double(Float.leastNormalMagnitude)

  private var ofScores = 0.0
  private var ofProbabilities = 0.0
  private var areProbabilities = true
  private var rows = 0

  /// Adds a row of both networks.
  mutating func add(_ small: ArraySlice<Double>, _ dense: ArraySlice<Double>) {
    rows += 1
    ofScores += Self.divergence(ofScores: small, from: dense)
    areProbabilities = areProbabilities && Self.areProbabilities(small) && Self.areProbabilities(dense)
    if areProbabilities {
      ofProbabilities += zip(small, dense).reduce(0) { sum, pair in
        let (q, p) = pair
        return p > 0 ? sum + p * log(p / max(q, Self.smallest)) : sum
      }
    }
  }

  /// The mean over all rows, never negative; `nil` without rows.
  var mean: Double? {
    guard rows > 0 else { return nil }
    let sum = (areProbabilities ? ofProbabilities : ofScores) / Double(rows)
    // Rounding may leave equal rows a little below 0; what is no number stays so.
    return sum < 0 ? 0 : sum
  }

  private static func areProbabilities(_ row: ArraySlice<Double>) -> Bool {
    row.allSatisfy { $0 >= 0 } && abs(row.reduce(0, +) - 1) <= tolerance
  }

  /// `sum_c p_c (log p_c - log q_c)` with logarithms of softmax, which neither overflow nor underflow.
  private static func divergence(ofScores small: ArraySlice<Double>, from dense: ArraySlice<Double>) -> Double {
    let (ownNormalizer, normalizer) = (logOfSum(small), logOfSum(dense))
    return zip(small, dense).reduce(0) { sum, pair in
      let (own, score) = (pair.0 - ownNormalizer, pair.1 - normalizer)
      return sum + exp(score) * (score - own)
    }
  }

  /// `log sum_c exp(row_c)`.
  private static func logOfSum(_ row: ArraySlice<Double>) -> Double {
    let largest = row.max() ?? 0
    return largest + log(row.reduce(0) { $0 + exp($1 - largest) })
  }
}
