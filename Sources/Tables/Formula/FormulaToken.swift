import EspalierFiles

/// A token of a formula.
struct FormulaToken: Hashable {
  /// The kinds of tokens.
  enum Kind: Hashable {
    /// The name of a column or function; those in backquotes are never functions.
    case name(String, isQuoted: Bool)
    /// A number.
    case number(Double)
    /// Text in quotes.
    case text(String)
    /// An operator or bracket.
    case symbol(String)
    /// The end of the formula.
    case end
  }

  let kind: Kind
  /// The position of its first character, from 1.
  let position: Int

  /// The token as messages name it.
  var description: String {
    switch kind {
    case .name(let name, _): "\"\(name)\""
    case .number(let value): "the number \(NumericExpression<String>.written(value))"
    case .text(let text): "the text \"\(text)\""
    case .symbol(let symbol): "\"\(symbol)\""
    case .end: "the end"
    }
  }
}

extension FormulaToken {
  /// The tokens of a formula, the end last.
  ///
  /// Names consist of letters, digits, `_` and `.`, and do not begin with a digit; any other name stands in backquotes.
  ///
  /// - Throws: `EspalierError` with the position of a character that begins no token, or of a quote without an end.
  static func tokens(of formula: String) throws(EspalierError) -> [FormulaToken] {
    let characters = Array(formula)
    var tokens: [FormulaToken] = []
    var place = 0
    while place < characters.count {
      let character = characters[place]
      guard !character.isWhitespace else {
        place += 1
        continue
      }
      let (kind, end) = try token(characters, at: place, of: formula)
      tokens.append(FormulaToken(kind: kind, position: place + 1))
      place = end
    }
    return tokens + [FormulaToken(kind: .end, position: characters.count + 1)]
  }

  /// The token at a place, and the place behind it.
  private static func token(
    _ characters: [Character], at start: Int, of formula: String
  ) throws(EspalierError) -> (Kind, Int) {
    let first = characters[start]
    let next = start + 1 < characters.count ? characters[start + 1] : " "
    if first.isDigit || (first == "." && next.isDigit) { return try number(characters, at: start, of: formula) }
    if first.beginsName || (first == "." && next.beginsName) {
      let end = characters[start...].firstIndex { !$0.continuesName } ?? characters.count
      return (.name(String(characters[start..<end]), isQuoted: false), end)
    }
    if "`\"'".contains(first) {
      guard let close = characters[(start + 1)...].firstIndex(of: first) else {
        throw .formula(formula, at: start + 1, "opens a quote \(first) that is never closed")
      }
      let text = String(characters[start + 1..<close])
      return (first == "`" ? .name(text, isQuoted: true) : .text(text), close + 1)
    }
    if first == "*", next == "*" { return (.symbol("^"), start + 2) }
    if "~+-*/:^(),=.".contains(first) { return (.symbol(String(first)), start + 1) }
    throw .formula(
      formula, at: start + 1, "has the character \"\(first)\", which begins nothing",
      remedy: "put a column's name in backquotes if it holds other characters than letters, digits, _ and .")
  }

  private static func number(
    _ characters: [Character], at start: Int, of formula: String
  ) throws(EspalierError) -> (Kind, Int) {
    var end = start
    func skipDigits() { while end < characters.count, characters[end].isDigit { end += 1 } }
    skipDigits()
    if end < characters.count, characters[end] == "." {
      end += 1
      skipDigits()
    }
    if end < characters.count, "eE".contains(characters[end]) {
      var power = end + 1
      if power < characters.count, "+-".contains(characters[power]) { power += 1 }
      if power < characters.count, characters[power].isDigit {
        end = power
        skipDigits()
      }
    }
    let text = String(characters[start..<end])
    guard let value = Double(text), value.isFinite else {
      throw .formula(formula, at: start + 1, "has \"\(text)\", which is not a number")
    }
    return (.number(value), end)
  }
}

extension Character {
  fileprivate var isDigit: Bool { isASCII && isNumber }

  fileprivate var beginsName: Bool { isLetter || self == "_" }

  fileprivate var continuesName: Bool { beginsName || isNumber || self == "." }
}

extension EspalierError {
  /// A fault at a character of a formula.
  static func formula(
    _ formula: String, at position: Int, _ fault: String, remedy: String? = nil
  ) -> EspalierError {
    EspalierError(.argument, "formula \"\(formula)\", character \(position)", fault, remedy: remedy)
  }
}
