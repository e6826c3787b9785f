import EspalierLinearAlgebra

/// i-SpaSP: structured pruning by sparse signal recovery, computed from one pass over the data where the paper makes
/// one per iteration.
///
///     S = {}, V = U
///     repeat:  y     = mu(W^T V)                      importance
///              Omega = D(y, 2s) with S                merge
///              S     = D(mu(H) over Omega, s)         threshold
///              V     = U - W_S H_S                    residual
///
/// `mu` sums over the samples, and the algorithm reads only linear functions of that sum. With `h = mu(H)` and n
/// samples, the first importance is `y = W^T (W h + n b)` (U holds the bias, and S = {} keeps none of it), and later
/// ones are `y = W^T W (h - h_S)`.
///
/// The loop always reaches a fixed point: S is part of Omega, so the s largest entries of Omega are at least as large,
/// rank by rank in the order of D, as those of S. Supports only rise in a finite order, so there are no cycles.
///
/// Source: C. R. Wolfe and A. Kyrillidis, "i-SpaSP: structured neural pruning via sparse signal recovery", L4DC 2022,
/// Algorithm 1; the one-pass form is derived in `docs/guides/i-spasp.md`.
/// Complexity: O(outputs x channels + units log units) an iteration, and O(units^2) for the residual in the trace.
package struct ISpaSP: SelectionMethod {
  /// `ispasp`.
  package static let identifier = "ispasp"
  /// The title in reports.
  package static let title = "i-SpaSP"
  /// Sums, for importances and sizes; second moments add the residuals of the trace.
  package static let need = StatisticsNeed.sums

  /// The largest number of iterations; the public code makes 20.
  package var iterations: Int

  /// i-SpaSP with at most `iterations` iterations.
  package init(iterations: Int = 20) {
    self.iterations = iterations
  }

  /// Iterates until the support is unchanged.
  package func select(_ count: Int, of problem: SelectionProblem) -> Selection {
    var support: [Int] = []
    var trace: [Selection.Iteration] = []
    for iteration in 0..<max(iterations, 1) {
      let importance = problem.importance(keeping: support)
      let residual = iteration == 0 ? problem.outputEnergy : problem.residual(keeping: support)
      let merged = Set((0..<problem.unitCount).largest(2 * count, by: importance)).union(support)
      let next = merged.sorted().largest(count, by: problem.hiddenSize).sorted()
      trace.append(.init(importance: importance, residualBefore: residual, support: next))
      if next == support { break }
      support = next
    }
    return Selection(keeping: support, of: problem, trace: trace)
  }
}

extension SelectionProblem {
  /// `mu(W^T V)` for the residual V that keeping `support` leaves, summed over consumers and over each unit's channels.
  func importance(keeping support: [Int]) -> [Double] {
    var importance = [Double](repeating: 0, count: unitCount)
    for consumer in consumers { consumer.addImportance(keeping: support, to: &importance) }
    return importance
  }
}

extension SelectionProblem.Consumer {
  /// One column per tap: the residual summed over the positions at which the tap reads the input, passed back through
  /// the tap's weights. A dense layer has one tap, and this is `W^T (W (h - h_S))`, with `n b` added inside the
  /// parentheses while nothing is kept.
  fileprivate func addImportance(keeping support: [Int], to importance: inout [Double]) {
    let (taps, count) = (tapSums.taps, weight.columns)
    // At first V is all of U. Later it is the loss of the group; the layer's other inputs are kept.
    var isMissing = [Bool](repeating: support.isEmpty, count: count)
    if !support.isEmpty { for own in rows { for row in own { isMissing[row] = true } } }
    for unit in support { for row in rows[unit] { isMissing[row] = false } }
    var missing = Matrix(rows: count, columns: taps)
    for tap in 0..<taps {
      for row in 0..<count where isMissing[row] { missing[row, tap] = tapSums.sums[tap * count + row] }
    }
    var residual = Matrix.product(weight, missing)
    if support.isEmpty, let bias {
      for (output, shift) in bias.enumerated() {
        for tap in 0..<taps { residual[output, tap] += tapSums.counts[tap] * shift }
      }
    }
    let gradient = Matrix.product(weight, residual, transposingFirst: true)
    for (unit, own) in channels.enumerated() {
      for channel in own { for tap in 0..<taps { importance[unit] += gradient[channel * taps + tap, tap] } }
    }
  }
}
