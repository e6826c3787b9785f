/// A factor of a formula's terms, before the data are known: a column, or columns made from one.
package enum FormulaFactor: Hashable, Sendable {
  /// A column as it is: a number, or levels.
  case column(String)
  /// The levels of a column, even if they look like numbers, with a reference level; `nil` for the first.
  case levels(of: String, reference: String?)
  /// A computed number.
  case number(NumericExpression<String>)
  /// Orthogonal polynomials of a number, from degree 1.
  case polynomial(NumericExpression<String>, degree: Int)
  /// Powers of a number, from 1.
  case powers(NumericExpression<String>, degree: Int)
  /// A natural cubic spline of a number.
  case naturalSpline(NumericExpression<String>, freedom: Int)
  /// B-splines of a number.
  case bSpline(NumericExpression<String>, freedom: Int, degree: Int)

  /// The columns of the table it needs.
  package var columns: [String] {
    switch self {
    case .column(let name), .levels(let name, _): [name]
    case .number(let number), .polynomial(let number, _), .powers(let number, _), .naturalSpline(let number, _),
      .bSpline(let number, _, _):
      number.columns
    }
  }

  /// The name of its features, which a number in brackets follows where there are several.
  package var name: String {
    switch self {
    case .column(let name), .levels(let name, _): name
    case .number(.column(let name)): name
    case .number(.function(let function, let operand)): "\(function.rawValue)(\(operand))"
    case .number(let number): "I(\(number))"
    case .polynomial(let number, let degree): "poly(\(number), \(degree))"
    case .powers(let number, let degree): "poly(\(number), \(degree), raw)"
    case .naturalSpline(let number, let freedom): "spline(\(number), \(freedom))"
    case .bSpline(let number, let freedom, let degree):
      "bs(\(number), \(freedom)\(degree == 3 ? "" : ", degree=\(degree)"))"
    }
  }
}

/// A product of factors.
package struct FormulaTerm: Hashable, Sendable {
  /// The factors, in the order of the formula.
  package let factors: [FormulaFactor]

  /// The name: those of the factors with colons between them.
  package var name: String { factors.map(\.name).joined(separator: ":") }

  /// The product of two terms; a factor of both counts once.
  func times(_ other: FormulaTerm) -> FormulaTerm {
    FormulaTerm(factors: factors + other.factors.filter { !factors.contains($0) })
  }

  /// Equal for the same factors in any order.
  package static func == (first: FormulaTerm, second: FormulaTerm) -> Bool {
    Set(first.factors) == Set(second.factors)
  }

  /// Hashes the factors without their order.
  package func hash(into hasher: inout Hasher) { hasher.combine(Set(factors)) }
}
