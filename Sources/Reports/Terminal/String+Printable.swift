extension String {
  /// The text with everything that is not seen, or that moves what is, written as an escape: `\u{1B}` for the escape
  /// character.
  ///
  /// Names come out of files. A terminal would obey control characters in them, and directional marks would reorder a
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

  /// The text with its middle left out where it is longer than `limit` characters, which are more than any sentence
  /// has.
  func shortened(to limit: Int) -> String {
    guard utf8.count > limit, count > limit else { return self }
    return "\(prefix(limit / 2)) (...) \(suffix(limit / 2))"
  }
}

extension Unicode.Scalar {
  /// Control characters, directional marks and the separators of lines and paragraphs.
  fileprivate var isHidden: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: properties.isBidiControl
    }
  }
}
