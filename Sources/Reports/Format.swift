import Foundation

/// The formatting of numbers for people, in the terminal and in reports.
///
/// The decimal separator is always a point, whatever the locale, so that a report has the same bytes everywhere.
package enum Format {
  /// A count with three significant digits and an SI prefix: `21.8 M` parameters, `3.68 G` MACs, `512`.
  package static func count(_ value: Double) -> String {
    scaled(value, by: 1000, units: ["", "k", "M", "G", "T", "P"])
  }

  /// A count with three significant digits and an SI prefix: `21.8 M`.
  package static func count(_ value: Int) -> String { count(Double(value)) }

  /// A count with every digit, in groups of three: `21,797,672`.
  package static func grouped(_ value: Int) -> String {
    var digits = String(value.magnitude)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return (value < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
  }

  /// A fraction of one as a percentage: `87.8 %` for 0.878.
  package static func percent(_ fraction: Double, decimals: Int = 1) -> String {
    fraction.isFinite ? fixed(fraction * 100, decimals: decimals) + " %" : number(fraction)
  }

  /// A ratio: `1.82×`.
  package static func times(_ factor: Double) -> String { number(factor, digits: 3, keepsZeros: true) + "×" }

  /// A quantity of memory in bytes, with a binary prefix: `83.0 MiB`, `512 B`.
  package static func bytes(_ count: Int) -> String {
    scaled(Double(count), by: 1024, units: ["B", "KiB", "MiB", "GiB", "TiB", "PiB"])
  }

  /// A time in seconds: `380 µs`, `12.0 ms`, `1.24 s`, `2 min 05 s`, `1 h 02 min`.
  package static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite else { return number(seconds) }
    let magnitude = abs(seconds)
    if magnitude >= 59.95 { return longDuration(seconds) }
    for (unit, size) in [("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)] where magnitude >= size * 0.9995 {
      return number(seconds / size, digits: 3, keepsZeros: true) + " " + unit
    }
    return magnitude == 0 ? "0 s" : number(seconds / 1e-9, digits: 3) + " ns"
  }

  /// A number with `digits` significant digits; very large and very small ones in scientific form: `0.0123`, `1.5e-9`.
  ///
  /// Trailing zeros are dropped unless `keepsZeros`. Non-finite values give `NaN`, `∞`, `-∞`.
  package static func number(_ value: Double, digits: Int = 4, keepsZeros: Bool = false) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-∞" : "∞" }
    if value == 0 { return "0" }
    // The exponent after rounding: 999.96 with four digits is 1000, one digit longer.
    let scientific = String(format: "%.\(max(digits, 1) - 1)e", value).split(separator: "e")
    let exponent = Int(scientific[1]) ?? 0
    if exponent < -4 || exponent > max(digits, 6) {
      return dropZeros(String(scientific[0]), unless: keepsZeros) + "e\(exponent)"
    }
    return dropZeros(fixed(value, decimals: max(0, digits - 1 - exponent)), unless: keepsZeros)
  }

  /// A number with exactly `decimals` decimals: `0.50`; never `-0.00`.
  package static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return number(value) }
    let text = String(format: "%.\(max(0, decimals))f", value)
    return text.hasPrefix("-") && !text.contains { "123456789".contains($0) } ? String(text.dropFirst()) : text
  }

  private static func dropZeros(_ text: String, unless keepsZeros: Bool) -> String {
    guard !keepsZeros, text.contains(".") else { return text }
    var result = text
    while result.hasSuffix("0") { result.removeLast() }
    if result.hasSuffix(".") { result.removeLast() }
    return result
  }

  private static func scaled(_ value: Double, by base: Double, units: [String]) -> String {
    guard value.isFinite else { return number(value) }
    var (rest, unit) = (value, 0)
    while abs(rest) >= base - 0.5, unit < units.count - 1 { (rest, unit) = (rest / base, unit + 1) }
    let isWhole = unit == 0 && rest == rest.rounded()
    let text = isWhole || abs(rest) >= 999.5 ? fixed(rest, decimals: 0) : number(rest, digits: 3, keepsZeros: true)
    return units[unit].isEmpty ? text : "\(text) \(units[unit])"
  }

  private static func longDuration(_ seconds: Double) -> String {
    let total = Int(min(abs(seconds).rounded(), 1e15))
    let sign = seconds < 0 ? "-" : ""
    let twoDigits = { (value: Int) in (value < 10 ? "0" : "") + String(value) }
    if total < 3600 { return "\(sign)\(total / 60) min \(twoDigits(total % 60)) s" }
    return "\(sign)\(total / 3600) h \(twoDigits(total % 3600 / 60)) min"
  }
}
