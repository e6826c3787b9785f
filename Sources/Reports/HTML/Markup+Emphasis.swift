extension Markup {
  /// Text with inline emphasis: `**strong**`, `*stressed*` and `` `code` ``.
  ///
  /// A mark is recognised only if it touches the enclosed text on both sides, so that `a * b` is unchanged. A percent
  /// sign is never separated from its number by a line break.
  static func emphasised(_ text: String) -> Markup {
    var pieces: [Markup] = []
    var plain = ""
    var rest = text.replacing(" %", with: "\u{A0}%")[...]
    while !rest.isEmpty {
      if let found = marked(rest) {
        pieces.append(Markup(plain))
        pieces.append(found.markup)
        plain = ""
        rest = rest[found.end...]
      } else {
        plain.append(rest.removeFirst())
      }
    }
    return Markup(pieces + [Markup(plain)])
  }

  private static func marked(_ text: Substring) -> (markup: Markup, end: String.Index)? {
    for (mark, name) in [("`", "code"), ("**", "strong"), ("*", "em")] where text.hasPrefix(mark) {
      let inner = text.dropFirst(mark.count)
      guard let end = closing(mark, in: inner), end > inner.startIndex else { continue }
      let content = String(inner[..<end])
      guard content.first != " ", content.last != " " else { continue }
      let markup = name == "code" ? Markup(content) : emphasised(content)
      return (.element(name, [:], [markup]), text.index(end, offsetBy: mark.count))
    }
    return nil
  }

  private static func closing(_ mark: String, in text: Substring) -> String.Index? {
    var rest = text
    while !rest.isEmpty {
      if rest.hasPrefix(mark) { return rest.startIndex }
      rest = rest.dropFirst()
    }
    return nil
  }
}
