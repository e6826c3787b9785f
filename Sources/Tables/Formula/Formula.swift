import EspalierFiles

/// A model's formula, such as `y ~ a*b + poly(x, 3) + C(region, ref=north) + offset(log(n))`: what is explained, and by
/// which terms (G. Wilkinson, C. Rogers, Applied Statistics 1973; J. Chambers, T. Hastie, Statistical Models in S).
package struct Formula: Hashable, Sendable {
  /// What is explained.
  package enum Response: Hashable, Sendable {
    /// A column.
    case column(String)
    /// Successes and failures, in a column each: `cbind(s, f)`.
    case successes(String, failures: String)

    /// The column that is read as the target.
    package var column: String {
      switch self {
      case .column(let name), .successes(let name, _): name
      }
    }
  }

  /// The text.
  package let text: String
  /// What is explained; `nil` if the formula begins with `~`.
  package let response: Response?
  let terms: FormulaNode

  /// Parses a formula.
  ///
  /// - Throws: `EspalierError` that names the position, what was expected and what was found.
  package init(_ text: String) throws(EspalierError) {
    var parser = try FormulaParser(text)
    self.text = text
    response = try parser.response()
    terms = try parser.terms()
  }

  /// A formula of columns without another role, and interactions of them.
  ///
  /// - Parameters:
  ///   - columns: The columns; `nil` for all without another role.
  ///   - interactions: Terms such as `a:b` or `a*b`.
  /// - Throws: `EspalierError` if an interaction is no such term.
  package init(of columns: [String]?, interactions: [String]) throws(EspalierError) {
    let names = columns.map { $0.map(NumericExpression.written(column:)) } ?? ["."]
    try self.init("~ " + ((names.isEmpty ? ["1"] : names) + interactions).joined(separator: " + "))
  }

  /// The columns that the terms and offsets name.
  package var namedColumns: [String] {
    let leaves = terms.leaves
    return leaves.factors.flatMap(\.columns) + leaves.offsets.flatMap(\.columns)
  }

  /// Whether there is an intercept.
  package var hasIntercept: Bool { terms.intercept ?? true }

  /// The columns that only offsets name.
  package var offsetColumns: [String] {
    let leaves = terms.leaves
    let others = Set(leaves.factors.flatMap(\.columns))
    return leaves.offsets.flatMap(\.columns).filter { !others.contains($0) }
  }

  /// The columns whose values are levels by `C(...)`, and the reference levels chosen.
  package var declaredLevels: [(column: String, reference: String?)] {
    terms.leaves.factors.compactMap { factor in
      if case .levels(let column, let reference) = factor { (column, reference) } else { nil }
    }
  }

  /// The formula with `.` replaced.
  ///
  /// - Parameter others: The columns that `.` stands for.
  /// - Throws: `EspalierError` if a term is invalid.
  package func expanded(_ others: [String]) throws(EspalierError) -> Expansion {
    let sum = try terms.expanded(others, of: text)
    let ordered = sum.terms.enumerated().sorted {
      ($0.element.factors.count, $0.offset) < ($1.element.factors.count, $1.offset)
    }
    return Expansion(terms: ordered.map(\.element), hasIntercept: hasIntercept, offsets: sum.offsets)
  }

  /// The terms of a formula, those of fewer factors first.
  package struct Expansion: Hashable, Sendable {
    /// The terms.
    package let terms: [FormulaTerm]
    /// Whether there is an intercept.
    package internal(set) var hasIntercept: Bool
    /// The numbers added to the linear predictor.
    package let offsets: [NumericExpression<String>]

    /// The columns that terms and offsets read, in order of appearance.
    package var columns: [String] {
      var seen: Set<String> = []
      return (terms.flatMap { $0.factors.flatMap(\.columns) } + offsets.flatMap(\.columns)).filter {
        seen.insert($0).inserted
      }
    }

    /// The same terms without an intercept.
    package var withoutIntercept: Expansion {
      var result = self
      result.hasIntercept = false
      return result
    }
  }
}
