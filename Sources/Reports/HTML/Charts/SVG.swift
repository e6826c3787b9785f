/// Helpers to write SVG.
enum SVG {
  /// A coordinate with at most one decimal; identical on every machine.
  static func coordinate(_ value: Double) -> String {
    let tenths = Int((max(-1e5, min(1e5, value)) * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
  }

  /// A straight line.
  static func line(_ name: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> Markup {
    .element(
      "line",
      ["class": name, "x1": coordinate(x1), "y1": coordinate(y1), "x2": coordinate(x2), "y2": coordinate(y2)])
  }

  /// A rectangle.
  static func rectangle(_ name: String, x: Double, y: Double, width: Double, height: Double) -> Markup {
    .element(
      "rect",
      [
        "class": name, "x": coordinate(x), "y": coordinate(y), "width": coordinate(max(0, width)),
        "height": coordinate(max(0, height)),
      ])
  }

  /// A line of text; `anchor` is `start`, `middle` or `end`.
  static func text(_ text: String, x: Double, y: Double, anchor: String = "start", class name: String? = nil) -> Markup
  {
    let anchor = anchor == "start" ? nil : anchor
    return .element(
      "text", ["class": name, "x": coordinate(x), "y": coordinate(y), "text-anchor": anchor], text: text)
  }

  /// An estimate of the width of a text at 14 pixels, on the generous side because fonts differ.
  static func width(of text: String) -> Double {
    text.reduce(0) { sum, character in
      switch character {
      case "i", "l", "j", "t", "f", "r", "I", ".", ",", ":", ";", "'", "|", "(", ")", "-", " ", "·": sum + 4.8
      case "m", "w", "M", "W", "%": sum + 13.4
      case "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "⁻": sum + 5.6
      case _ where character.isUppercase: sum + 10.2
      default: sum + 8.7 * Double(TextWidth.of(character))
      }
    }
  }
}
