/// The functions of a spline as polynomials of the position in each piece between two knots.
///
/// With `s_i = (x - knot_i) / width_i`, held between 0 and 1, every function is
///
///     f(x) = f(knot_0) + sum_i sum_p c_ip s_i^p,   p = 1, ..., degree,
///
/// as functions are continuous: in piece i those before have ended at their values, and those behind have not begun.
package struct PiecewisePolynomials: Sendable {
  /// The knots, ascending.
  package let knots: [Double]
  /// The degree of the polynomials.
  package let degree: Int
  /// The values at the first knot, function by function.
  package let start: [Double]
  /// The coefficients c_ip of the functions: power by power from 1, of each all pieces.
  package let coefficients: [[Double]]
  /// The slopes below the first knot and above the last one, where functions go on in straight lines; `nil` where they
  /// are not defined.
  package let slopes: (below: [Double], above: [Double])?

  /// The polynomials of `count` functions, given by their values at points between the knots and, if functions go on,
  /// beyond.
  ///
  /// Each is interpolated at as many points of a piece as it has coefficients.
  init(knots: [Double], degree: Int, count: Int, goesOn: Bool, _ values: (Double) -> [Double]) {
    self.knots = knots
    self.degree = degree
    start = values(knots[0])
    var coefficients = [[Double]](repeating: [], count: degree * (knots.count - 1))
    for piece in 0..<knots.count - 1 {
      let width = knots[piece + 1] - knots[piece]
      let points = (0...degree).map { values(knots[piece] + Double($0) / Double(degree) * width) }
      let own = (0..<count).map { function in Self.interpolation(points.map { $0[function] }) }
      for power in 1...degree { coefficients[(power - 1) * (knots.count - 1) + piece] = own.map { $0[power] } }
    }
    self.coefficients = coefficients
    slopes =
      goesOn
      ? (
        Self.slope(knots[0], knots[0] - knots[1], values),
        Self.slope(knots[knots.count - 1], knots[knots.count - 1] - knots[knots.count - 2], values)
      ) : nil
  }

  /// The slopes from x over a distance in which functions are straight.
  private static func slope(_ x: Double, _ distance: Double, _ values: (Double) -> [Double]) -> [Double] {
    zip(values(x + distance), values(x)).map { ($0 - $1) / distance }
  }

  /// The coefficients of the polynomial with these values at equidistant points from 0 to 1, by divided differences.
  private static func interpolation(_ values: [Double]) -> [Double] {
    let degree = values.count - 1
    func point(_ j: Int) -> Double { Double(j) / Double(degree) }
    var differences = values
    for order in 1...degree {
      for j in (order...degree).reversed() {
        differences[j] = (differences[j] - differences[j - 1]) / (point(j) - point(j - order))
      }
    }
    // Horner's scheme, from the last difference to the first.
    var result = [Double](repeating: 0, count: values.count)
    for j in (0...degree).reversed() {
      for power in (1..<values.count).reversed() { result[power] = result[power - 1] - point(j) * result[power] }
      result[0] = differences[j] - point(j) * result[0]
    }
    return result
  }
}

extension NaturalSpline {
  /// The functions as polynomials between the knots.
  package var polynomials: PiecewisePolynomials {
    PiecewisePolynomials(knots: knots, degree: 3, count: count, goesOn: true) { x in
      var values = [Double](repeating: 0, count: count)
      forEachValue(x) { values[$0] = $1 }
      return values
    }
  }
}

extension BSpline {
  /// The functions as polynomials between the knots.
  package var polynomials: PiecewisePolynomials {
    PiecewisePolynomials(knots: knots, degree: degree, count: count, goesOn: false) { x in
      var values = [Double](repeating: 0, count: count)
      forEachValue(x) { values[$0] = $1 }
      return values
    }
  }
}
