/// Finds special tokens written in a text.
enum SpecialTokenSplitter {
  /// A stretch of text, or a special token.
  enum Part {
    case text(Substring)
    case token(SpecialToken)
  }

  /// `text` split at its special tokens.
  static func parts(of text: String) -> [Part] {
    guard text.utf8.contains(UInt8(ascii: "[")) else { return [.text(text[...])] }
    var parts: [Part] = []
    let scalars = text.unicodeScalars
    var (begin, place) = (scalars.startIndex, scalars.startIndex)
    while place < scalars.endIndex {
      guard scalars[place] == "[",
        let token = SpecialToken.allCases.first(where: { scalars[place...].starts(with: $0.rawValue.unicodeScalars) })
      else {
        place = scalars.index(after: place)
        continue
      }
      if begin < place { parts.append(.text(text[begin..<place])) }
      parts.append(.token(token))
      place = scalars.index(place, offsetBy: token.rawValue.unicodeScalars.count)
      begin = place
    }
    if begin < scalars.endIndex { parts.append(.text(text[begin...])) }
    return parts
  }
}
