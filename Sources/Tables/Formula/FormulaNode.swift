import EspalierFiles

/// The right side of a formula as a tree of operations on sets of terms.
indirect enum FormulaNode: Hashable, Sendable {
  /// A term of one factor.
  case factor(FormulaFactor, at: Int)
  /// All columns without another role: `.`.
  case everything(at: Int)
  /// 0 or 1: no intercept, or one.
  case intercept(Bool, at: Int)
  /// A number added to the linear predictor.
  case offset(NumericExpression<String>, at: Int)
  /// The terms of both: `a + b`.
  case sum(FormulaNode, FormulaNode)
  /// The terms of the first without those of the second: `a - b`.
  case difference(FormulaNode, FormulaNode)
  /// The products of their terms: `a:b`.
  case interaction(FormulaNode, FormulaNode, at: Int)
  /// Both, and their products: `a*b`.
  case crossing(FormulaNode, FormulaNode, at: Int)
  /// The first, and the second within it: `a/b`.
  case nesting(FormulaNode, FormulaNode, at: Int)
  /// All products of up to so many of its terms: `(a + b)^2`.
  case power(FormulaNode, Int, at: Int)
}

extension FormulaNode {
  /// The most products of terms that an operator may make.
  private static let mostProducts = 1_000_000

  /// The terms, and what is no term.
  struct Sum {
    /// The terms, each once.
    private(set) var terms: [FormulaTerm] = []
    var hasIntercept: Bool?
    var offsets: [NumericExpression<String>]
    private var known: Set<FormulaTerm> = []

    init(_ terms: [FormulaTerm] = [], hasIntercept: Bool? = nil, offsets: [NumericExpression<String>] = []) {
      self.hasIntercept = hasIntercept
      self.offsets = offsets
      add(terms)
    }

    mutating func add(_ other: [FormulaTerm]) {
      for term in other where known.insert(term).inserted { terms.append(term) }
    }

    /// Removes a term; returns whether it was there.
    mutating func remove(_ term: FormulaTerm) -> Bool {
      guard known.remove(term) != nil else { return false }
      terms.removeAll { $0 == term }
      return true
    }
  }

  /// The sum, `.` standing for these columns.
  ///
  /// - Throws: `EspalierError` where a number or an offset is part of a product, or a term is removed that is not
  ///   there.
  func expanded(_ others: [String], of formula: String) throws(EspalierError) -> Sum {
    switch self {
    case .intercept(let hasIntercept, _): return Sum(hasIntercept: hasIntercept)
    case .offset(let number, _): return Sum(offsets: [number])
    case .sum(let first, let second):
      var sum = try first.expanded(others, of: formula)
      let next = try second.expanded(others, of: formula)
      sum.add(next.terms)
      sum.hasIntercept = next.hasIntercept ?? sum.hasIntercept
      sum.offsets += next.offsets
      return sum
    case .difference(let first, let second):
      var sum = try first.expanded(others, of: formula)
      if case .intercept(let hasIntercept, _) = second {
        sum.hasIntercept = !hasIntercept
        return sum
      }
      for term in try second.terms(others, of: formula) {
        guard sum.remove(term) else {
          throw .formula(
            formula, at: second.position, "removes \(term.name), which is not among the terms",
            remedy: "they are: \(sum.terms.map(\.name).listed())")
        }
      }
      return sum
    default: return Sum(try terms(others, of: formula))
    }
  }

  /// The terms of a node without an intercept or an offset.
  private func terms(_ others: [String], of formula: String) throws(EspalierError) -> [FormulaTerm] {
    switch self {
    case .factor(let factor, _): return [FormulaTerm(factors: [factor])]
    case .everything: return others.map { FormulaTerm(factors: [.column($0)]) }
    case .interaction(let first, let second, _):
      return try products(
        try first.terms(others, of: formula), try second.terms(others, of: formula), of: formula)
    case .crossing(let first, let second, _):
      let (a, b) = (try first.terms(others, of: formula), try second.terms(others, of: formula))
      return Self.union(a, b, try products(a, b, of: formula))
    case .nesting(let first, let second, _):
      let (a, b) = (try first.terms(others, of: formula), try second.terms(others, of: formula))
      guard let all = a.first.map({ first in a.dropFirst().reduce(first) { $0.times($1) } }) else { return [] }
      return Self.union(a, try products([all], b, of: formula))
    case .power(let base, let exponent, _):
      let terms = try base.terms(others, of: formula)
      var result = terms
      for _ in 1..<exponent { result = Self.union(result, try products(result, terms, of: formula)) }
      return result
    case .sum, .difference:
      let sum = try expanded(others, of: formula)
      guard sum.hasIntercept == nil, sum.offsets.isEmpty else {
        throw .formula(formula, at: position, "has an intercept or an offset within a product, where only terms may be")
      }
      return sum.terms
    case .intercept(_, let position), .offset(_, let position):
      throw .formula(formula, at: position, "has an intercept or an offset within a product, where only terms may be")
    }
  }

  /// The product of each term of the first with each of the second.
  private func products(
    _ first: [FormulaTerm], _ second: [FormulaTerm], of formula: String
  ) throws(EspalierError) -> [FormulaTerm] {
    guard first.count * second.count <= Self.mostProducts else {
      throw .formula(
        formula, at: position, "makes products of \(first.count) terms with \(second.count), which are too many",
        remedy: "name the interactions that matter")
    }
    return first.flatMap { term in second.map(term.times) }
  }

  private static func union(_ lists: [FormulaTerm]...) -> [FormulaTerm] {
    var sum = Sum()
    for list in lists { sum.add(list) }
    return sum.terms
  }

  /// The position of its first character, or of its operator.
  var position: Int {
    switch self {
    case .factor(_, let position), .everything(let position), .intercept(_, let position), .offset(_, let position),
      .interaction(_, _, let position), .crossing(_, _, let position), .nesting(_, _, let position),
      .power(_, _, let position):
      position
    case .sum(let first, _), .difference(let first, _): first.position
    }
  }

  /// Whether there is an intercept, if the formula says so.
  var intercept: Bool? {
    switch self {
    case .intercept(let hasIntercept, _): hasIntercept
    case .sum(let first, let second): second.intercept ?? first.intercept
    case .difference(_, .intercept(let hasIntercept, _)): !hasIntercept
    case .difference(let first, _): first.intercept
    default: nil
    }
  }

  /// The factors, and the numbers of offsets.
  var leaves: (factors: [FormulaFactor], offsets: [NumericExpression<String>]) {
    switch self {
    case .factor(let factor, _): return ([factor], [])
    case .offset(let number, _): return ([], [number])
    case .everything, .intercept: return ([], [])
    case .power(let base, _, _): return base.leaves
    case .sum(let first, let second), .difference(let first, let second), .interaction(let first, let second, _),
      .crossing(let first, let second, _), .nesting(let first, let second, _):
      let (a, b) = (first.leaves, second.leaves)
      return (a.factors + b.factors, a.offsets + b.offsets)
    }
  }
}
