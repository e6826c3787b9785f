import EspalierLinearAlgebra

/// Bounds on the eigenvalues of all principal blocks of a given size of a symmetric matrix, by Gershgorin's theorem:
/// those of a block lie within `sum over j of |A_ij|` of some `A_ii`, and the sum is at most that of the k - 1 largest
/// entries of the row. For columns of unit length the radii are at most k - 1 times the coherence of W.
///
/// Complexity: O(n^2 log n).
struct GershgorinCircles {
  /// The interval that holds the eigenvalues.
  let spectrum: Spectrum
  /// The largest radius.
  let largestRadius: Double

  init(of matrix: Matrix, order: Int) {
    var (spectrum, largest) = (Spectrum(), 0.0)
    for i in 0..<matrix.rows {
      let radius = matrix.row(i).enumerated().filter { $0.offset != i }.map { abs($0.element) }
        .sorted(by: >).prefix(order - 1).reduce(0, +)
      spectrum.formUnion(Spectrum(lowest: matrix[i, i] - radius, highest: matrix[i, i] + radius))
      largest = max(largest, radius)
    }
    self.spectrum = spectrum
    largestRadius = largest
  }
}
