import EspalierLinearAlgebra

/// FPGM: drops the units whose weights lie nearest to the geometric median of all, because the others can stand in for
/// them.
///
///     score_i = sum over j of || F_i - F_j ||_2
///
/// with F_i all weights that produce unit i. A unit far from all others is kept, however small its norm is. The method
/// is independent of the data.
///
/// Source: Y. He et al., "Filter pruning via geometric median for deep convolutional neural networks acceleration",
/// CVPR 2019, section 3.3. Complexity: O(units^2 x weights of a unit).
package struct GeometricMedian: SelectionMethod {
  /// `fpgm`.
  package static let identifier = "fpgm"
  /// The title in reports.
  package static let title = "FPGM"
  /// No second moments.
  package static let need = StatisticsNeed.sums

  /// The method, which has no settings.
  package init() {}

  /// Keeps the `count` units with the largest sums of distances.
  package func select(_ count: Int, of problem: SelectionProblem) -> Selection {
    problem.keepingLargest(count, by: distances(problem.knownProducerWeights))
  }

  /// For each unit, the sum of its distances from all units.
  private func distances(_ weights: ProducerWeights) -> [Double] {
    let filters = Array(weights)
    // Units may have different numbers of weights; missing ones count as zero.
    let length = filters.map(\.count).max() ?? 0
    let matrix = Matrix(
      rows: filters.count, columns: length,
      filters.flatMap { $0 + Array(repeating: 0, count: length - $0.count) })
    let products = Matrix.product(matrix, matrix, transposingSecond: true)
    let squares = products.diagonal
    return filters.indices.map { first in
      filters.indices.reduce(0) { sum, second in
        sum + max(0, squares[first] + squares[second] - 2 * products[first, second]).squareRoot()
      }
    }
  }
}
