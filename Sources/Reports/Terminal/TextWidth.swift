/// The measurement and fitting of text in terminal cells.
package enum TextWidth {
  /// The number of terminal cells of `text`: two for East Asian wide characters and emoji, none for controls.
  package static func of(_ text: String) -> Int {
    text.reduce(0) { $0 + of($1) }
  }

  /// The number of terminal cells of a character; combining marks belong to their base character.
  package static func of(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return 0 }
    switch first.properties.generalCategory {
    case .control, .format, .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    if scalars.contains(where: { $0.value == 0xFE0F }) || first.properties.isEmojiPresentation { return 2 }
    return wideRanges.contains { $0.contains(first.value) } ? 2 : 1
  }

  /// `text` shortened to at most `width` cells by omitting its middle, because the ends distinguish layer names.
  package static func shortened(_ text: String, to width: Int) -> String {
    guard of(text) > width else { return text }
    guard width > 1 else { return width == 1 ? "…" : "" }
    let head = prefix(text, width: (width - 1) / 2)
    let tail = prefix(String(text.reversed()), width: width - 1 - of(head))
    return head + "…" + String(tail.reversed())
  }

  /// `text` padded with spaces to `width` cells: after it, or before it for trailing alignment.
  static func padded(_ text: String, to width: Int, _ alignment: Column.Alignment) -> String {
    let spaces = String(repeating: " ", count: max(0, width - of(text)))
    return alignment == .leading ? text + spaces : spaces + text
  }

  /// The longest prefix of `text` of at most `width` cells.
  static func prefix(_ text: String, width: Int) -> String {
    var (result, used) = ("", 0)
    for character in text {
      used += of(character)
      if used > width { break }
      result.append(character)
    }
    return result
  }

  /// The blocks of East Asian wide and fullwidth characters (Unicode Standard Annex 11).
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
    0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
    0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
  ]
}
