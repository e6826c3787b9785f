import Foundation

/// The tick values of an axis.
package struct Ticks: Hashable, Sendable {
  /// The values with a label.
  package var major: [Double]
  /// The values between them, with a thin line only.
  package var minor: [Double]

  /// Round values for a scale: about `count` of them, never many more.
  package init(for scale: Scale, count: Int) {
    switch scale.kind {
    case .linear: self = .linear(in: scale.domain, count: count)
    case .logarithmic: self = .logarithmic(in: scale.domain, count: count)
    }
  }

  /// Given values, restricted to those on the scale.
  package init(_ values: [Double], on scale: Scale) {
    major = values.filter { scale.domain.contains($0) }
    minor = []
  }

  private init(major: [Double], minor: [Double] = []) {
    self.major = major
    self.minor = minor
  }

  /// Multiples of 1, 2 or 5 times a power of ten.
  package static func linear(in domain: ClosedRange<Double>, count: Int) -> Ticks {
    let rough = (domain.upperBound - domain.lowerBound) / Double(max(1, count))
    guard rough > 0, rough.isFinite else { return Ticks(major: [domain.lowerBound]) }
    let exponent = floor(log10(rough))
    // The largest power and a factor are kept separate: 3 * 0.1 is not 0.3, but 3 / 10 is.
    let mantissa = rough / pow(10, exponent)
    let factor: Double = mantissa <= 1.001 ? 1 : mantissa <= 2.001 ? 2 : mantissa <= 5.001 ? 5 : 10
    let power = pow(10, abs(exponent))
    let place = { (index: Double) in exponent < 0 ? index * factor / power : index * factor * power }
    let step = place(1)
    let first = ceil(domain.lowerBound / step - 1e-9)
    let last = floor(domain.upperBound / step + 1e-9)
    guard first <= last, last - first < 1000 else { return Ticks(major: [domain.lowerBound]) }
    return Ticks(major: stride(from: first, through: last, by: 1).map { $0 == 0 ? 0 : place($0) })
  }

  /// Powers of ten, thinned out if there are many; with 2 and 5 times them, or linear ticks, if there are few.
  package static func logarithmic(in domain: ClosedRange<Double>, count: Int) -> Ticks {
    let (low, high) = (log10(domain.lowerBound), log10(domain.upperBound))
    let (first, last) = (Int(floor(low)), Int(ceil(high)))
    let isInside = { (value: Double) in domain.contains(value) }
    let multiples = { (factors: [Double]) in
      (first...last).flatMap { exponent in factors.map { power(exponent, times: $0) } }.filter(isInside)
    }
    if high - low < 2 {
      let few = multiples([1, 2, 5])
      if few.count >= 3 { return Ticks(major: few, minor: multiples([3, 4, 6, 7, 8, 9])) }
      return linear(in: domain, count: count)
    }
    let step = max(1, Int(ceil((high - low) / Double(max(1, count)))))
    let isMajor = { (exponent: Int) in exponent % step == 0 }
    let major = (first...last).filter(isMajor).map { power($0, times: 1) }.filter(isInside)
    if step > 1 {
      let between = (first...last).filter { !isMajor($0) }
      return Ticks(major: major, minor: between.map { power($0, times: 1) }.filter(isInside))
    }
    return Ticks(major: major, minor: high - low <= 4 ? multiples([2, 3, 4, 5, 6, 7, 8, 9]) : [])
  }

  /// `factor` times a power of ten, rounded like the literal.
  private static func power(_ exponent: Int, times factor: Double) -> Double {
    exponent < 0 ? factor / pow(10, Double(-exponent)) : factor * pow(10, Double(exponent))
  }
}
