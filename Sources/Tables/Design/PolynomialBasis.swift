/// Orthogonal polynomials of a number x over the rows of a fit, of degrees 1 to d, as R's `poly` makes them:
///
///     p_0 = 1, p_1 = x - centre_1, p_{k+1} = (x - centre_{k+1}) p_k - (square_k / square_{k-1}) p_{k-1},
///
/// with `square_k = sum_i p_k(x_i)^2` and `centre_{k+1} = sum_i x_i p_k(x_i)^2 / square_k` (G. Forsythe, Journal of the
/// SIAM 1957). The values are `p_k / sqrt(square_k)`: over the rows of the fit, columns of length 1 that are orthogonal
/// to each other and to a constant. New rows are evaluated by the stored coefficients of the recurrence.
package struct PolynomialBasis: Hashable, Codable, Sendable {
  /// The numbers subtracted from x, from degree 1.
  package let centres: [Double]
  /// The sums of squares, from degree 0.
  package let squares: [Double]

  /// The polynomials over some numbers; `nil` unless more than `degree` of them differ. Complexity: O(n d).
  init?(over numbers: [Double], degree: Int) {
    guard Set(numbers).count > degree else { return nil }
    let count = Double(numbers.count)
    var (centres, squares) = ([numbers.reduce(0) { $0 + $1 / count }], [count])
    var previous = [Double](repeating: 1, count: numbers.count)
    var current = numbers.map { $0 - centres[0] }
    for k in 1...degree {
      var (square, weighted) = (0.0, 0.0)
      for (x, value) in zip(numbers, current) {
        square += value * value
        weighted += (x - centres[0]) * value * value
      }
      guard square > 0, square.isFinite else { return nil }
      squares.append(square)
      guard k < degree else { break }
      centres.append(centres[0] + weighted / square)
      let ratio = square / squares[k - 1]
      for i in numbers.indices {
        (previous[i], current[i]) = (current[i], (numbers[i] - centres[k]) * current[i] - ratio * previous[i])
      }
    }
    (self.centres, self.squares) = (centres, squares)
  }

  /// The degree d.
  package var degree: Int { centres.count }

  /// Whether the coefficients can be those of a recurrence.
  var isValid: Bool {
    !centres.isEmpty && squares.count == centres.count + 1 && centres.allSatisfy(\.isFinite)
      && squares.allSatisfy { $0 > 0 && $0.isFinite }
  }

  /// Calls `body` with the degrees, from 0 for the first, and the values at x.
  func forEachValue(_ x: Double, _ body: (Int, Double) -> Void) {
    var (previous, current) = (0.0, 1.0)
    for k in centres.indices {
      let ratio = k > 0 ? squares[k] / squares[k - 1] : 0
      (previous, current) = (current, (x - centres[k]) * current - ratio * previous)
      body(k, current / squares[k + 1].squareRoot())
    }
  }
}
