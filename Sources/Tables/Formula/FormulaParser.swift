import EspalierFiles

/// Parses formulas by recursive descent.
///
///     formula     = [response] "~" sum
///     response    = name | "cbind" "(" name "," name ")"
///     sum         = ["-" | "+"] product {("+" | "-") product}
///     product     = interaction {("*" | "/") interaction}
///     interaction = power {":" power}
///     power       = atom ["^" number]
///     atom        = "(" sum ")" | "." | "0" | "1" | name | call
///
/// Calls and the arithmetic within them: `FormulaParser+Calls.swift`, `FormulaParser+Arithmetic.swift`.
struct FormulaParser {
  let text: String
  private let tokens: [FormulaToken]
  private var place = 0

  /// The most tokens, and the most brackets within each other: recursion goes as deep.
  private static let mostTokens = 20_000
  private static let mostBrackets = 500

  /// The parser of a text.
  ///
  /// - Throws: `EspalierError` if it has a character that begins no token, or is too long or nested too deeply.
  init(_ text: String) throws(EspalierError) {
    self.text = text
    tokens = try FormulaToken.tokens(of: text)
    guard tokens.count <= Self.mostTokens else {
      throw EspalierError(
        .argument, "the formula",
        "has \(tokens.count) names, numbers and operators, and can have \(Self.mostTokens)",
        remedy: "write . for all columns")
    }
    var depth = 0
    for token in tokens {
      if token.kind == .symbol("(") { depth += 1 } else if token.kind == .symbol(")") { depth -= 1 }
      guard depth <= Self.mostBrackets else {
        throw EspalierError(
          .argument, "the formula, character \(token.position)",
          "opens more than \(Self.mostBrackets) brackets within each other")
      }
    }
  }

  /// The current token.
  var token: FormulaToken { tokens[place] }

  /// Whether an opening bracket follows the current token.
  var opensCall: Bool { tokens[min(place + 1, tokens.count - 1)].kind == .symbol("(") }

  /// Goes on to the next token, and returns the current one.
  @discardableResult
  mutating func take() -> FormulaToken {
    let token = tokens[place]
    place = min(place + 1, tokens.count - 1)
    return token
  }

  /// Whether the current token is this symbol, which is then taken.
  mutating func takes(_ symbol: String) -> Bool {
    guard token.kind == .symbol(symbol) else { return false }
    take()
    return true
  }

  /// Takes a symbol.
  mutating func expect(_ symbol: String, behind context: String) throws(EspalierError) {
    guard takes(symbol) else { throw unexpected("\"\(symbol)\" behind \(context)") }
  }

  /// The error for the current token, where something else was expected.
  func unexpected(_ expected: String) -> EspalierError {
    .formula(text, at: token.position, "expected \(expected), and found \(token.description)")
  }

  /// Takes the name of a column.
  mutating func column(_ expected: String = "the name of a column") throws(EspalierError) -> String {
    guard case .name(let name, _) = token.kind else { throw unexpected(expected) }
    take()
    return name
  }

  /// Parses the left side, and the tilde behind it.
  mutating func response() throws(EspalierError) -> Formula.Response? {
    if takes("~") { return nil }
    let start = token
    let isCall = opensCall
    let name = try column("the column to explain, or \"~\"")
    guard isCall, case .name(_, isQuoted: false) = start.kind else {
      guard takes("~") else { throw unexpected("\"~\" behind the column to explain") }
      return .column(name)
    }
    guard name == "cbind" else {
      throw .formula(
        text, at: start.position, "explains \(name)(...), and can explain a column or cbind(successes, failures)",
        remedy: "add the computed column to the table, or choose a link")
    }
    take()
    let successes = try column("the column of successes")
    try expect(",", behind: "the column of successes")
    let failures = try column("the column of failures")
    try expect(")", behind: "the column of failures")
    try expect("~", behind: "cbind(...)")
    return .successes(successes, failures: failures)
  }

  /// Parses the right side, to the end.
  mutating func terms() throws(EspalierError) -> FormulaNode {
    let node = try sum()
    guard token.kind == .end else { throw unexpected("an operator or the end") }
    return node
  }

  private mutating func sum() throws(EspalierError) -> FormulaNode {
    var node: FormulaNode
    if takes("-") {
      guard token.kind == .number(1) || token.kind == .number(0) else { throw unexpected("1 behind the first \"-\"") }
      node = .intercept(take().kind == .number(0), at: token.position)
    } else {
      _ = takes("+")
      node = try product()
    }
    while true {
      if takes("+") {
        node = .sum(node, try product())
      } else if takes("-") {
        node = .difference(node, try product())
      } else {
        return node
      }
    }
  }

  private mutating func product() throws(EspalierError) -> FormulaNode {
    var node = try interaction()
    while true {
      let position = token.position
      if takes("*") {
        node = .crossing(node, try interaction(), at: position)
      } else if takes("/") {
        node = .nesting(node, try interaction(), at: position)
      } else {
        return node
      }
    }
  }

  private mutating func interaction() throws(EspalierError) -> FormulaNode {
    var node = try power()
    while true {
      let position = token.position
      guard takes(":") else { return node }
      node = .interaction(node, try power(), at: position)
    }
  }

  private mutating func power() throws(EspalierError) -> FormulaNode {
    let node = try atom()
    let position = token.position
    guard takes("^") else { return node }
    if case .factor(let factor, _) = node {
      throw .formula(
        text, at: position, "raises the term \(factor.name) to a power, which would interact with itself alone",
        remedy: "write I(\(factor.name)^2) for the square of the number")
    }
    guard case .number(let value) = token.kind, let exponent = Int(exactly: value), (1...8).contains(exponent) else {
      throw unexpected("a whole number from 1 to 8 behind \"^\"")
    }
    take()
    return .power(node, exponent, at: position)
  }

  private mutating func atom() throws(EspalierError) -> FormulaNode {
    let start = token
    switch start.kind {
    case .symbol("("):
      take()
      let node = try sum()
      try expect(")", behind: "the terms in brackets")
      return node
    case .symbol("."):
      take()
      return .everything(at: start.position)
    case .number(0), .number(1):
      take()
      return .intercept(start.kind == .number(1), at: start.position)
    case .name(let name, let isQuoted):
      if opensCall, !isQuoted { return try call(name) }
      take()
      return .factor(.column(name), at: start.position)
    default: throw unexpected("a column, a function, \".\", 0, 1 or \"(\"")
    }
  }
}
