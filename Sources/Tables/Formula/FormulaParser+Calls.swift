import EspalierFiles

extension FormulaParser {
  /// The calls that make terms, besides functions of numbers.
  static let calls = ["I", "C", "poly", "spline", "ns", "bs", "offset"]

  /// Parses a call among terms.
  mutating func call(_ name: String) throws(EspalierError) -> FormulaNode {
    let position = token.position
    switch name {
    case "I": return .factor(.number(try argument()), at: position)
    case "offset": return .offset(try argument(), at: position)
    case "C", "factor": return .factor(try levels(name), at: position)
    case "poly": return .factor(try polynomial(), at: position)
    case "spline", "ns":
      let (number, options) = try arguments(of: name, ["df"])
      let freedom = try count(options["df"], name, "the degrees of freedom", 1...50)
      return .factor(.naturalSpline(number, freedom: freedom), at: position)
    case "bs":
      let (number, options) = try arguments(of: name, ["df", "degree"])
      let degree = options["degree"] == nil ? 3 : try count(options["degree"], name, "the degree", 1...5)
      let freedom = try count(options["df"], name, "the degrees of freedom", degree...50)
      return .factor(.bSpline(number, freedom: freedom, degree: degree), at: position)
    default:
      guard let function = NumericFunction(rawValue: name) else { throw unknown(name) }
      return .factor(.number(.function(function, try argument())), at: position)
    }
  }

  /// `C(column)`, `C(column, ref=level)`.
  private mutating func levels(_ name: String) throws(EspalierError) -> FormulaFactor {
    take()
    take()
    let column = try column("the column whose values are levels")
    var reference: String?
    if takes(",") {
      let option = token
      guard case .name(let key, _) = option.kind, ["ref", "reference"].contains(key) else {
        throw unexpected("ref=LEVEL")
      }
      take()
      try expect("=", behind: "\"\(key)\"")
      switch token.kind {
      case .name(let level, _), .text(let level): reference = level
      case .number(let value): reference = NumericExpression<String>.written(value)
      default: throw unexpected("the reference level")
      }
      take()
    }
    try expect(")", behind: "the arguments of \(name)")
    return .levels(of: column, reference: reference)
  }

  /// `poly(number, degree)`, `poly(number, degree, raw=true)`.
  private mutating func polynomial() throws(EspalierError) -> FormulaFactor {
    let (number, options) = try arguments(of: "poly", ["degree", "raw"])
    let degree = try count(options["degree"], "poly", "the degree", 1...30)
    if let raw = options["raw"] {
      switch raw.kind {
      case .name(let word, _) where ["true", "TRUE", "T"].contains(word): return .powers(number, degree: degree)
      case .name(let word, _) where ["false", "FALSE", "F"].contains(word): break
      default: throw .formula(text, at: raw.position, "expected raw=true or raw=false, and found \(raw.description)")
      }
    }
    return .polynomial(number, degree: degree)
  }

  /// Parses a number and options, by place or by name: `(x, 5)`, `(x, df=5)`.
  private mutating func arguments(
    of name: String, _ keys: [String]
  ) throws(EspalierError) -> (NumericExpression<String>, [String: FormulaToken]) {
    take()
    take()
    let number = try expression()
    var options: [String: FormulaToken] = [:]
    while takes(",") {
      var key = keys.first { options[$0] == nil }
      let start = token
      if case .name(let word, _) = start.kind, keys.contains(word) {
        take()
        try expect("=", behind: "\"\(word)\"")
        key = word
      }
      guard let key, options[key] == nil else {
        throw .formula(text, at: start.position, "gives \(name) one argument too many")
      }
      switch token.kind {
      case .number, .name: options[key] = take()
      default: throw unexpected("the value of \(key)")
      }
    }
    try expect(")", behind: "the arguments of \(name)")
    return (number, options)
  }

  private func count(
    _ token: FormulaToken?, _ name: String, _ meaning: String, _ range: ClosedRange<Int>
  ) throws(EspalierError) -> Int {
    guard let token else {
      throw unexpected("\(meaning) of \(name)(...), as in \(name)(x, 3), before it ends")
    }
    guard case .number(let value) = token.kind, let count = Int(exactly: value), range.contains(count) else {
      throw .formula(
        text, at: token.position,
        "expected \(meaning) of \(name), from \(range.lowerBound) to \(range.upperBound), and found "
          + token.description)
    }
    return count
  }
}
