import EspalierFiles

/// Makes the design of a formula over the rows of a fit.
struct DesignBuilder {
  private let formula: Formula.Expansion
  private let text: String
  private let columns: [TableColumn]
  private let references: [String: String]
  private let file: DelimitedFile

  /// The builder for the columns that a formula reads; rows begin with these, in order.
  init(
    _ formula: Formula.Expansion, text: String, columns: [TableColumn], references: [String: String],
    file: DelimitedFile
  ) {
    self.formula = formula
    self.text = text
    self.columns = columns
    self.references = references
    self.file = file
  }

  /// The design, and the statistics of its features over rows.
  ///
  /// Features that are constant over the rows are left out, if there is an intercept to represent them or they are 0.
  func build(over rows: any RowSource) throws(EspalierError) -> (Design, FeatureStatistics) {
    var factors: [FormulaFactor] = []
    for term in formula.terms { factors += term.factors.filter { !factors.contains($0) } }
    let names = factors.map(\.name)
    if let twice = names.enumerated().first(where: { names[..<$0.offset].contains($0.element) }) {
      throw EspalierError(
        .argument, "formula \"\(text)\"", "makes two different factors called \"\(twice.element)\"",
        remedy: "write the column in one way")
    }
    let made = try bases(factors, over: rows)
    let coding = FormulaCoding(formula) { factor in
      if case .levels = made[factor]?.basis { true } else { false }
    }
    let terms = formula.terms.enumerated().map { place, term in
      let full = term.factors.filter { coding.isFull($0, in: place) }.map(\.name)
      return Design.Term(factors: term.factors.map(\.name), allLevels: full.isEmpty ? nil : full)
    }
    let design = Design(
      formula: text, columns: columns, factors: factors.compactMap { made[$0] }, terms: terms,
      offsets: formula.offsets.map(\.description))
    let all = design.allFeatureNames
    var known: Set<String> = []
    if let twice = all.first(where: { !known.insert($0).inserted }) {
      throw EspalierError(.data, "formula \"\(text)\"", "makes two features called \"\(twice)\"")
    }
    let statistics = try FeatureStatistics(of: DesignPlan(design), names: all, over: rows)
    let omitted = statistics.constants(hasIntercept: formula.hasIntercept)
    guard formula.hasIntercept || omitted.count < all.count else {
      throw EspalierError(.data, "formula \"\(text)\"", "has no term left that could explain anything")
    }
    let left = Set(omitted)
    return (design.omitting(omitted), statistics.omitting { left.contains($0) })
  }

  /// The factors with what is made of the rows: knots, recurrences.
  private func bases(
    _ factors: [FormulaFactor], over rows: any RowSource
  ) throws(EspalierError) -> [FormulaFactor: DesignFactor] {
    var made: [FormulaFactor: DesignFactor] = [:]
    var open: [(factor: FormulaFactor, numbers: [Double])] = []
    for factor in factors {
      switch factor {
      case .column(let name):
        made[factor] =
          try column(name, reference: nil)
          ?? DesignFactor(
            name: name, of: NumericExpression.written(column: name), basis: .number)
      case .levels(let name, let reference): made[factor] = try column(name, reference: reference)
      case .number(let number):
        made[factor] = DesignFactor(name: factor.name, of: number.description, basis: .number)
      case .powers(let number, let degree):
        made[factor] = DesignFactor(name: factor.name, of: number.description, basis: .powers(degree))
      case .polynomial, .naturalSpline, .bSpline: open.append((factor, []))
      }
    }
    guard !open.isEmpty else { return made }
    let plan = try DesignPlan(
      Design(
        formula: text, columns: columns,
        factors: open.map { DesignFactor(name: $0.factor.name, of: $0.factor.number.description, basis: .number) },
        terms: [], offsets: []))
    let reader = try rows.reader()
    var count = 0
    while let block = try reader.next(atMost: 8192) {
      for place in open.indices { open[place].numbers += try plan.numbers(of: place, in: block, behind: count) }
      count += block.count
    }
    for (factor, numbers) in open {
      made[factor] = DesignFactor(
        name: factor.name, of: factor.number.description, basis: try basis(factor, over: numbers))
    }
    return made
  }

  /// A column of levels as a factor; `nil` for one of numbers.
  private func column(_ name: String, reference: String?) throws(EspalierError) -> DesignFactor? {
    guard let column = columns.first(where: { $0.name == name }), let levels = column.levels else { return nil }
    let wanted = reference ?? references[name]
    return DesignFactor(
      name: name, of: name,
      basis: .levels(
        reference: try wanted.map { (level) throws(EspalierError) in
          try column.checked(reference: level, in: file)
        } ?? levels[0]))
  }

  private func basis(_ factor: FormulaFactor, over numbers: [Double]) throws(EspalierError) -> DesignFactor.Basis {
    let coinciding = "has knots that coincide, because many rows have one value"
    switch factor {
    case .polynomial(_, let degree):
      guard let basis = PolynomialBasis(over: numbers, degree: degree) else {
        throw EspalierError(
          .data, factor.name, "needs more than \(degree) different values, and there are \(Set(numbers).count)",
          remedy: "choose a smaller degree")
      }
      return .polynomial(basis)
    case .naturalSpline(_, let freedom):
      guard let spline = NaturalSpline(over: numbers, freedom: freedom) else {
        throw EspalierError(.data, factor.name, coinciding, remedy: "choose fewer degrees of freedom")
      }
      return .spline(spline)
    case .bSpline(_, let freedom, let degree):
      guard let spline = BSpline(over: numbers, freedom: freedom, degree: degree) else {
        throw EspalierError(.data, factor.name, coinciding, remedy: "choose fewer degrees of freedom")
      }
      return .bSpline(spline)
    case .column, .levels, .number, .powers: return .number
    }
  }
}

extension FormulaFactor {
  /// The number that splines and polynomials are made of.
  fileprivate var number: NumericExpression<String> {
    switch self {
    case .number(let number), .polynomial(let number, _), .powers(let number, _), .naturalSpline(let number, _),
      .bSpline(let number, _, _):
      number
    case .column(let name), .levels(let name, _): .column(name)
    }
  }
}
