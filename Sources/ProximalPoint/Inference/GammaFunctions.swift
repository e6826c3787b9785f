import Foundation

/// `log Gamma(x)` for positive x.
package func logGamma(_ x: Double) -> Double {
  var sign: Int32 = 0
  return lgamma_r(x, &sign)
}

/// `psi(x + count) - psi(x)`, psi the derivative of `log Gamma`: `sum_(k < count) 1 / (x + k)` for whole counts.
///
/// Complexity: O(count) for whole counts of at most 1000, otherwise O(1).
package func digammaIncrease(from x: Double, by count: Double) -> Double {
  guard count <= 1000, count == count.rounded() else { return digamma(x + count) - digamma(x) }
  var sum = 0.0
  for k in stride(from: 0, to: count, by: 1) { sum += 1 / (x + k) }
  return sum
}

/// `psi'(x + count) - psi'(x)`: `-sum_(k < count) 1 / (x + k)^2` for whole counts.
///
/// Complexity: O(count) for whole counts of at most 1000, otherwise O(1).
package func trigammaIncrease(from x: Double, by count: Double) -> Double {
  guard count <= 1000, count == count.rounded() else { return trigamma(x + count) - trigamma(x) }
  var sum = 0.0
  for k in stride(from: 0, to: count, by: 1) { sum -= 1 / ((x + k) * (x + k)) }
  return sum
}

/// The second derivative of `log Gamma` at a positive x: `psi'(x) = psi'(x + 1) + 1 / x^2` up to x of 20, then the
/// asymptotic series (M. Abramowitz, I. Stegun, 6.4.12).
private func trigamma(_ x: Double) -> Double {
  var (x, sum) = (x, 0.0)
  while x < 20 {
    sum += 1 / (x * x)
    x += 1
  }
  let square = 1 / (x * x)
  let series = square * (1 / 6.0 - square * (1 / 30.0 - square * (1 / 42.0 - square / 30)))
  return sum + (1 + 0.5 / x + series) / x
}

/// The derivative of `log Gamma` at a positive x: `psi(x) = psi(x + 1) - 1 / x` up to x of 10, then the asymptotic
/// series (M. Abramowitz, I. Stegun, 6.3.18).
private func digamma(_ x: Double) -> Double {
  var (x, sum) = (x, 0.0)
  while x < 10 {
    sum -= 1 / x
    x += 1
  }
  let square = 1 / (x * x)
  let series = square * (1 / 12.0 - square * (1 / 120.0 - square * (1 / 252.0 - square * (1 / 240.0 - square / 132))))
  return sum + log(x) - 0.5 / x - series
}
