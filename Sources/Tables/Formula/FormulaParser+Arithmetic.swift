import EspalierFiles

extension FormulaParser {
  /// Parses arithmetic within a call:
  ///
  ///     expression = product {("+" | "-") product}
  ///     product    = sign {("*" | "/") sign}
  ///     sign       = ["-" | "+"] power
  ///     power      = atom ["^" sign]
  ///     atom       = number | name | function "(" expression ")" | "(" expression ")"
  mutating func expression() throws(EspalierError) -> NumericExpression<String> {
    var result = try product()
    while true {
      if takes("+") {
        result = .operation(.add, result, try product())
      } else if takes("-") {
        result = .operation(.subtract, result, try product())
      } else {
        return result
      }
    }
  }

  private mutating func product() throws(EspalierError) -> NumericExpression<String> {
    var result = try sign()
    while true {
      if takes("*") {
        result = .operation(.multiply, result, try sign())
      } else if takes("/") {
        result = .operation(.divide, result, try sign())
      } else {
        return result
      }
    }
  }

  private mutating func sign() throws(EspalierError) -> NumericExpression<String> {
    if takes("-") { return .negative(try sign()) }
    _ = takes("+")
    let base = try arithmeticAtom()
    return takes("^") ? .operation(.power, base, try sign()) : base
  }

  private mutating func arithmeticAtom() throws(EspalierError) -> NumericExpression<String> {
    switch token.kind {
    case .number(let value):
      take()
      return .constant(value)
    case .symbol("("):
      take()
      let result = try expression()
      try expect(")", behind: "the expression in brackets")
      return result
    case .name(let name, let isQuoted):
      guard opensCall, !isQuoted else {
        take()
        return .column(name)
      }
      guard let function = NumericFunction(rawValue: name) else {
        guard name == "I" else { throw unknown(name) }
        return try argument()
      }
      return .function(function, try argument())
    default: throw unexpected("a number, a column, a function or \"(\"")
    }
  }

  /// Parses the name of a function and its only argument.
  mutating func argument() throws(EspalierError) -> NumericExpression<String> {
    let name = take().description
    take()
    let result = try expression()
    try expect(")", behind: "the argument of \(name)")
    return result
  }

  /// The error for a function that formulas do not know.
  func unknown(_ name: String) -> EspalierError {
    .formula(
      text, at: token.position, "knows no function \"\(name)\"",
      remedy: "there are \((Self.calls + NumericFunction.allCases.map(\.rawValue)).joined(separator: ", "))")
  }
}

extension NumericExpression<String> {
  /// Parses an expression that a model's file holds.
  ///
  /// - Throws: `EspalierError` if it is none.
  package init(parsing text: String) throws(EspalierError) {
    var parser = try FormulaParser(text)
    self = try parser.expression()
    guard parser.token.kind == .end else { throw parser.unexpected("an operator or the end") }
  }
}
