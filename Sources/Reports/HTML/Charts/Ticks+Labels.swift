import Foundation

extension Ticks {
  /// The labels of the major ticks, in a common format.
  func labels(_ axis: Axis) -> [String] {
    switch axis.labels {
    case .percentages:
      let decimals = decimals(major.map { $0 * 100 })
      return major.map { signed(Format.fixed($0 * 100, decimals: decimals)) + " %" }
    case .counts: return major.map { count($0) }
    case .numbers:
      let sizes = major.filter { $0 != 0 }.map { abs($0) }
      guard let low = sizes.min(), let high = sizes.max() else { return major.map { Format.number($0) } }
      if axis.scale == .logarithmic {
        if low >= 0.000_999, high <= 10_001 { return major.map { Format.number($0) } }
        return major.map { power($0) }
      }
      if high >= 1e6 || high < 1e-4 { return major.map { signed(Format.number($0, digits: 3)) } }
      let decimals = decimals(major)
      return major.map { signed(Format.fixed($0, decimals: decimals)) }
    }
  }

  /// The fewest decimals that represent the values exactly; at most six.
  private func decimals(_ values: [Double]) -> Int {
    (0..<6).first { decimals in
      let factor = pow(10, Double(decimals))
      return values.allSatisfy { abs(($0 * factor).rounded() - $0 * factor) < 1e-6 * max(1, abs($0 * factor)) }
    } ?? 6
  }

  private func signed(_ text: String) -> String { text.hasPrefix("-") ? "−" + text.dropFirst() : text }

  /// A round count without the trailing zeros of three digits: `500 M`, `1.5 G`.
  private func count(_ value: Double) -> String {
    let parts = Format.count(value).split(separator: " ")
    guard let first = parts.first, let number = Double(first) else { return Format.count(value) }
    return signed(([Format.number(number, digits: 3)] + parts.dropFirst().map(String.init)).joined(separator: " "))
  }

  /// A value on a logarithmic axis of many decades: `10⁻⁴`, `5·10⁻⁴`.
  private func power(_ value: Double) -> String {
    let exponent = Int(floor(log10(value) + 1e-9))
    let factor = value / pow(10, Double(exponent))
    let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
    let raised = String(String(exponent).map { $0 == "-" ? "⁻" : digits[$0.wholeNumberValue ?? 0] })
    return abs(factor - 1) < 1e-6 ? "10" + raised : Format.number(factor, digits: 2) + "·10" + raised
  }
}
