import EspalierLinearAlgebra

/// The bound on the residual of i-SpaSP at its fixed point: the two-layer theorem, with its constants.
///
/// **Theorem.** Let `h_(1) >= h_(2) >= ..` be the sizes of the units, S* the s largest, and
///
///     beta_b  = || (h_(bs+1), .., h_(bs+s)) ||_2      block b of the sizes, b = 1, 2, ..
///     gamma_b = the same of the norms || H_i ||_F of the units outside S*, sorted
///     kappa   = the largest || H_i ||_F / h_i in S*    at most 1, about 1 / sqrt(samples) for even rows
///     delta   = the restricted isometry constant of order 3s of K     (``RestrictedIsometry``)
///     L       = the largest || W_D ||^2 of s units D
///
/// If the support S is a fixed point of the iteration and `sqrt(2) delta < 1`, then
///
///     || h on S* \ S ||_2 <= missed = (beta_2 + sqrt(2) delta sum_b beta_b) / (1 - sqrt(2) delta)
///     || U - U_S ||_F     <= sqrt(L) (kappa missed + sum_b gamma_b).
///
/// For `2s >= units` the merge takes all units, S = S*, and the same holds with missed = 0, whatever delta is.
///
/// **Rate.** If H is p-compressible with p < 1 (``Compressibility``), `sum_b beta_b <= R zeta(1/p) s^(1/2 - 1/p)`, so
/// that `|| V ||_F^2` falls at least like `s^-(2/p - 1)`: a polynomial whose degree grows without bound as p -> 0. From
/// p = 1 on the sum grows with the width; what is left, `sum_b beta_b <= || h ||_1 / sqrt(s)`, holds for any h, and
/// compressibility promises nothing.
///
/// The proof is in `docs/guides/theory.md`. It follows the analysis of CoSaMP (D. Needell and J. Tropp, 2009, sections
/// 3 and 4), which asks for a constant of order 4s of at most 0.1, and needs less because i-SpaSP thresholds by the
/// true sizes: there is no error of estimation.
/// Source: C. R. Wolfe and A. Kyrillidis, L4DC 2022, section 4, for the statement; ours with other constants.
package struct RecoveryBound: Hashable, Sendable, Codable {
  /// The bound on `|| U - U_S ||_F^2`; `nil` where the theorem's condition on delta is not known to hold.
  package let residual: Double?
  /// The bound on `|| h on S* \ S ||_2`, what is missed of the s largest units; `nil` likewise.
  package let missed: Double?
  /// The sum of the blocks beta_b, the tail of the sizes.
  package let tail: Double

  /// The constant delta from which on the theorem says nothing.
  package static let threshold = 0.5.squareRoot()

  /// The bound for `count` units kept of `problem`, at least one.
  ///
  /// - Parameters:
  ///   - isometry: The constant of order `min(3 count, units)` of ``SelectionProblem/importanceOperator``.
  ///   - gain: L, or a number above it.
  /// - Complexity: O(units log units).
  package init(keeping count: Int, of problem: SelectionProblem, isometry: RestrictedIsometry, gain: Double) {
    let sizes = problem.hiddenSize
    let norms = problem.hiddenNorms
    let best = (0..<problem.unitCount).largest(count, by: sizes)
    let others = Set(0..<problem.unitCount).subtracting(best).sorted()
    let blocks = Self.blocks(of: others.map { sizes[$0] }, count)
    tail = blocks.reduce(0, +)
    if 2 * count >= problem.unitCount {
      missed = 0
    } else if isometry.upper < Self.threshold {
      let error = isometry.upper / Self.threshold
      missed = ((blocks.count > 1 ? blocks[1] : 0) + error * tail) / (1 - error)
    } else {
      missed = nil
    }
    let flatness = best.reduce(0) { sizes[$1] > 0 ? max($0, norms[$1] / sizes[$1]) : $0 }
    let lost = Self.blocks(of: others.map { norms[$0] }, count).reduce(0, +)
    residual = missed.map { gain * (flatness * $0 + lost) * (flatness * $0 + lost) }
  }

  /// The Euclidean norms of the blocks of `count` consecutive numbers, the largest first.
  private static func blocks(of numbers: [Double], _ count: Int) -> [Double] {
    let sorted = numbers.sorted(by: >)
    return stride(from: 0, to: sorted.count, by: count).map { start in
      sorted[start..<min(start + count, sorted.count)].reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
  }
}

extension SelectionProblem {
  /// `|| H_i ||_F` of each unit's rows, over all layers that read it. Where second moments by row are not kept, the
  /// largest value that the sizes allow: `|| H_i ||_1` times the root of the number of taps.
  package var hiddenNorms: [Double] {
    (0..<unitCount).map { unit in
      consumers.reduce(0) { sum, consumer in
        guard let gram = consumer.statistics.gram else {
          return sum + Double(consumer.tapSums.taps) * hiddenSize[unit] * hiddenSize[unit]
        }
        return consumer.rows[unit].reduce(sum) { $0 + gram[$1, $1] }
      }.squareRoot()
    }
  }

  /// A bound on `|| W_D ||^2` for all sets D of `count` units, the largest among the layers that read the group: the
  /// smaller of `|| W ||^2` and Gershgorin's bound on the blocks of `W^T W`.
  ///
  /// Complexity: O(outputs x rows x the smaller of both), and O(rows^2 outputs) for layers of at most 2,048 rows.
  package func gain(of count: Int) -> Double {
    consumers.reduce(0) { largest, consumer in
      let norm = consumer.weight.spectralNorm
      var bound = norm * norm
      if consumer.weight.columns <= 2048 {
        let width = consumer.rows.map(\.count).max() ?? 1
        let product = Matrix.product(consumer.weight, consumer.weight, transposingFirst: true)
        bound = min(bound, GershgorinCircles(of: product, order: max(1, count * width)).spectrum.highest)
      }
      return max(largest, bound)
    }
  }
}
