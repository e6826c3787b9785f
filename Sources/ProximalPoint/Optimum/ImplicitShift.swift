import EspalierLinearAlgebra

/// The centring of sparse features without storing it: `<a - shift, u> + u_0 = <a, u> + (u_0 - <shift, u>)`.
///
/// Coordinates lie in blocks, one for each linear predictor: the coefficients of the features, then the intercept.
struct ImplicitShift: Sendable {
  /// The number subtracted from each feature; `nil` for none.
  let shifts: [Double]?
  /// The number of coordinates of a block.
  let block: Int

  /// The coordinates of the rows as stored: the intercept absorbs the shifts.
  func stored(_ x: [Double]) -> [Double] { moved(x, by: -1) }

  /// The coordinates of the centred rows: the inverse.
  func centred(_ x: [Double]) -> [Double] { moved(x, by: 1) }

  /// Converts a gradient by coordinates of the rows as stored.
  func convert(gradient: inout [Double]) {
    guard let shifts else { return }
    for start in stride(from: 0, to: gradient.count, by: block) {
      let intercept = gradient[start + shifts.count]
      for j in shifts.indices { gradient[start + j] -= shifts[j] * intercept }
    }
  }

  /// Converts a Hessian by coordinates of the rows as stored.
  func convert(hessian: inout Matrix) {
    guard let shifts else { return }
    let starts = stride(from: 0, to: hessian.rows, by: block)
    // Rows, then columns, each minus its shift times that of the intercept.
    for start in starts {
      for j in shifts.indices where shifts[j] != 0 {
        for k in 0..<hessian.rows { hessian[start + j, k] -= shifts[j] * hessian[start + shifts.count, k] }
      }
    }
    for start in starts {
      for j in shifts.indices where shifts[j] != 0 {
        for k in 0..<hessian.rows { hessian[k, start + j] -= shifts[j] * hessian[k, start + shifts.count] }
      }
    }
  }

  private func moved(_ x: [Double], by sign: Double) -> [Double] {
    guard let shifts else { return x }
    var result = x
    for start in stride(from: 0, to: x.count, by: block) {
      result[start + shifts.count] += sign * shifts.indices.reduce(0) { $0 + shifts[$1] * x[start + $1] }
    }
    return result
  }
}
