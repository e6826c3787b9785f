import Foundation

/// A map from values to positions along an axis.
package struct Scale: Hashable, Sendable {
  /// Whether the scale is linear or logarithmic.
  package enum Kind: Hashable, Sendable {
    /// Equal distances are equal differences.
    case linear
    /// Equal distances are equal ratios; only positive values have a position.
    case logarithmic
  }

  /// Whether the scale is linear or logarithmic.
  package let kind: Kind
  /// The values at the two ends.
  package let domain: ClosedRange<Double>

  /// Makes a scale; a logarithmic one needs a positive domain, and a domain of one value is widened.
  package init(_ kind: Kind, domain: ClosedRange<Double>) {
    self.kind = kind
    var (low, high) = (domain.lowerBound, domain.upperBound)
    if kind == .logarithmic {
      precondition(low > 0, "a logarithmic scale has no place for \(low)")
      if low == high { (low, high) = (low / 3, high * 3) }
    } else if low == high {
      let half = low == 0 ? 1 : abs(low) * 0.1
      (low, high) = (low - half, high + half)
    }
    self.domain = low...high
  }

  /// Makes a scale that contains all values, with a small margin; values without a position are ignored.
  package init(_ kind: Kind, holding values: [Double]) {
    let usable = values.filter { $0.isFinite && (kind == .linear || $0 > 0) }
    guard let low = usable.min(), let high = usable.max() else {
      self.init(kind, domain: kind == .linear ? 0...1 : 1...10)
      return
    }
    let exact = Scale(kind, domain: low...high)
    let room = 0.04
    var (first, last) = (exact.value(at: -room), exact.value(at: 1 + room))
    if kind == .linear {
      if low >= 0 && (first < 0 || low < 0.2 * high) { first = 0 }
      if high <= 0 && last > 0 { last = 0 }
    }
    self.init(kind, domain: first...last)
  }

  /// The position of a value: 0 at the lower end, 1 at the upper, outside that range beyond them.
  package func position(of value: Double) -> Double {
    let (low, high) = (warped(domain.lowerBound), warped(domain.upperBound))
    return (warped(value) - low) / (high - low)
  }

  /// The value at a position; the inverse of `position(of:)`.
  package func value(at position: Double) -> Double {
    let (low, high) = (warped(domain.lowerBound), warped(domain.upperBound))
    let value = low + (high - low) * position
    return kind == .linear ? value : pow(10, value)
  }

  private func warped(_ value: Double) -> Double { kind == .linear ? value : log10(value) }
}
