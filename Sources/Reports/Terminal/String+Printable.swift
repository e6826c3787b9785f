extension String {
  /// The text with invisible characters, and those that move others, written as escapes: `\u{1B}` for the escape
  /// character.
  ///
  /// Names come from files. A terminal would obey control characters in them, and directional marks would reorder a
  /// line.
  package var printable: String {
    guard unicodeScalars.contains(where: \.isHidden) else { return self }
    var text = ""
    for scalar in unicodeScalars {
      if scalar.isHidden {
        text += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}

extension Unicode.Scalar {
  /// Control characters, directional marks, and line and paragraph separators.
  fileprivate var isHidden: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: properties.isBidiControl
    }
  }
}
