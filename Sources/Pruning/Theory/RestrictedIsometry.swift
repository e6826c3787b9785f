import EspalierLinearAlgebra

/// The restricted isometry constant of order k: how far any k of the units are from contributing independently.
///
/// For the symmetric matrix `K = W^T W` it is the smallest delta for which some scale c gives
///
///     (1 - delta) c ||x||^2 <= ||W x||^2 <= (1 + delta) c ||x||^2   for all x of at most k non-zeros,
///
/// hence `(a - b) / (a + b)` at `c = (a + b) / 2`, where a is the largest and b the smallest eigenvalue of any k x k
/// principal block of K. The scale is free because i-SpaSP only ranks; with c = 1 this is the usual definition. In
/// general, and for a K that is not symmetric, it is the least delta with `|| K_DD / c - I || <= delta` for all sets D
/// of k units. It is 0 for orthogonal columns of equal length, and 1 as soon as k columns of W are linearly dependent:
/// always for k larger than the number of outputs.
///
/// Computing it is NP-hard, so it is exact for few sets or by that count alone; otherwise it lies between two bounds,
/// and ``knowledge`` says so.
/// Source: E. Candes and T. Tao, "Decoding by linear programming", 2005, definition 1.1; A. Tillmann and M. Pfetsch,
/// "The computational complexity of the restricted isometry property", 2014, for the hardness.
package struct RestrictedIsometry: Hashable, Sendable, Codable {
  /// How much is known of the constant.
  package enum Knowledge: String, Hashable, Sendable, Codable {
    /// Exact, because all sets were examined.
    case enumerated
    /// Exactly 1, because more columns are taken than the layer has outputs.
    case dependent
    /// Between bounds: from below the largest value among sampled sets, from above Gershgorin's circles.
    case bounded
  }

  /// The number of units in a set, k.
  package let order: Int
  /// No smaller than this; the constant itself if it is exact.
  package let lower: Double
  /// No larger than this; the constant itself if it is exact.
  package let upper: Double
  /// How much is known.
  package let knowledge: Knowledge
  /// The number of sets whose eigenvalues were computed.
  package let examined: Int

  /// Whether ``lower`` and ``upper`` are the constant.
  package var isExact: Bool { knowledge != .bounded }

  /// The constant of order `order` of `matrix`, square.
  ///
  /// - Parameters:
  ///   - rank: A number of columns above which columns are known to be dependent: the number of outputs of W where
  ///     `matrix` is `W^T W`; `nil` if nothing is known.
  ///   - operations: About how many floating-point operations may be spent on eigenvalues.
  ///   - seed: Sampled sets follow from it.
  /// - Complexity: O(n^2 log n) for the circles, and at most about `operations` for eigenvalues, two sets at least.
  package init(
    of matrix: Matrix, order: Int, rank: Int? = nil, operations: Double = 2e8, seed: UInt64 = 0
  ) {
    precondition(order >= 1 && matrix.rows == matrix.columns && matrix.rows >= 1)
    let order = min(order, matrix.rows)
    self.order = order
    if let rank, order > rank {
      (lower, upper, knowledge, examined) = (1, 1, .dependent, 0)
      return
    }
    let parts = SymmetricParts(of: matrix)
    let cost = Double(order * order * order)
    if !parts.isSkewed, let sets = Subsets(of: matrix.rows, size: order, atMost: max(Int(operations / cost), 1)) {
      let spectrum = sets.reduce(into: Spectrum()) { $0.formUnion(Spectrum(of: parts.symmetric, on: $1)) }
      (lower, upper, knowledge) = (spectrum.deviation, spectrum.deviation, .enumerated)
      examined = sets.count
      return
    }
    let circles = GershgorinCircles(of: parts.symmetric, order: order)
    let sets = SupportSample(of: parts.symmetric, order: order, operations: operations, seed: seed).sets
    let found = sets.reduce(into: Spectrum()) { $0.formUnion(Spectrum(of: parts.symmetric, on: $1)) }
    let skew = GershgorinCircles(of: parts.skew, order: order).largestRadius
    var above = circles.spectrum.deviation
    if above.isFinite { above += skew / circles.spectrum.scale }
    // Blocks of W^T W have no negative eigenvalue, so that the constant is at most 1.
    if !parts.isSkewed, rank != nil { above = min(above, 1) }
    lower = min(found.deviation, above)
    upper = above
    knowledge = .bounded
    examined = sets.count
  }
}

/// The smallest interval that holds all eigenvalues seen so far.
struct Spectrum {
  var lowest = Double.infinity
  var highest = -Double.infinity

  init() {}

  init(lowest: Double, highest: Double) {
    (self.lowest, self.highest) = (lowest, highest)
  }

  /// The eigenvalues of the block of a symmetric `matrix` on the units of `set`.
  init(of matrix: Matrix, on set: [Int]) {
    let values = matrix.taking(rows: set, columns: set).symmetricEigenvalues
    self.init(lowest: values.first ?? .infinity, highest: values.last ?? -.infinity)
  }

  mutating func formUnion(_ other: Spectrum) {
    (lowest, highest) = (min(lowest, other.lowest), max(highest, other.highest))
  }

  /// The scale at which the deviation is least.
  var scale: Double { (lowest + highest) / 2 }

  /// The largest `| lambda / c - 1 |` at that scale; infinite if no positive scale exists.
  var deviation: Double { scale > 0 ? (highest - lowest) / (highest + lowest) : .infinity }
}

/// A matrix as the sum of its symmetric and its skew-symmetric part. For every scale the norm of a block of the whole
/// deviation is at least that of its symmetric part, and at most the sum of both norms.
private struct SymmetricParts {
  let symmetric, skew: Matrix
  /// Whether the skew part is more than rounding.
  let isSkewed: Bool

  init(of matrix: Matrix) {
    let other = matrix.transposed
    var (symmetric, skew) = (matrix, matrix)
    for i in matrix.elements.indices {
      symmetric.elements[i] = (matrix.elements[i] + other.elements[i]) / 2
      skew.elements[i] = (matrix.elements[i] - other.elements[i]) / 2
    }
    let largest = matrix.elements.reduce(0) { max($0, abs($1)) }
    isSkewed = skew.elements.contains { abs($0) > 1e-9 * largest }
    (self.symmetric, self.skew) = (symmetric, skew)
  }
}
