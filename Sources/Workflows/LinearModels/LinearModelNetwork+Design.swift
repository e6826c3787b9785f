import EspalierFiles
import EspalierGraph
import EspalierTables
import EspalierTensors

/// The features of formulas: functions, polynomials and splines of numbers, indicators of levels, and products of them.
extension LinearModelNetwork {
  /// The values of a design's columns in a network.
  private struct Columns {
    /// The inputs of columns of numbers, N x 1.
    var numbers: [String: String] = [:]
    /// The codes of columns of levels, N x 1.
    var codes: [String: String] = [:]
    /// The levels.
    var levels: [String: [String]] = [:]
  }

  /// A number of each row as a network computes it, or as one that is the same for all.
  private enum Operand {
    case value(String)
    case number(Double)
  }

  /// Rejects dates among the columns of a formula, as functions of them would be of numbers of days.
  static func checkDates(_ design: Design) throws(EspalierError) {
    guard let column = design.columns.first(where: { $0.notation?.unit == NumberNotation.date }) else { return }
    throw EspalierError(
      refusal: "a formula of dates (column \"\(column.name)\") is not written as ONNX: write them as numbers")
  }

  /// Adds the columns and the terms of a design, and returns what they add to the linear predictors.
  mutating func addDesign(_ design: Design) throws(EspalierError) -> [String] {
    try Self.checkDates(design)
    var columns = Columns()
    for column in design.columns {
      if let levels = column.levels {
        columns.codes[column.name] = declareLevels(column)
        columns.levels[column.name] = levels
      } else {
        columns.numbers[column.name] = declareNumbers(column.name, column.notation)
      }
    }
    let factors = Dictionary(design.factors.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let places = Dictionary(uniqueKeysWithValues: design.featureNames.enumerated().map { ($1, $0) })
    var names = design.allFeatureNames[...]
    var sums: [String] = []
    for term in design.terms {
      var product: (name: String, width: Int)?
      for factor in term.factors.compactMap({ factors[$0] }) {
        let isFull = term.allLevels?.contains(factor.name) ?? false
        let own = try add(factor, isFull: isFull, &columns)
        product = product.map { addProducts($0, own) } ?? own
      }
      guard let product else { continue }
      sums.append(addProduct(product.name, names.prefix(product.width).map { places[$0] ?? -1 }))
      names = names.dropFirst(product.width)
    }
    for text in design.offsets {
      sums.append(materialized(try add(NumericExpression(parsing: text), &columns)))
    }
    return sums
  }

  /// Adds the columns of a factor, N x width.
  private mutating func add(
    _ factor: DesignFactor, isFull: Bool, _ columns: inout Columns
  ) throws(EspalierError) -> (name: String, width: Int) {
    if case .levels(let reference) = factor.basis, let code = columns.codes[factor.of] {
      let levels = columns.levels[factor.of] ?? []
      let kept = levels.filter { isFull || $0 != reference }
      let indicators = levels.flatMap { level in kept.map { $0 == level ? 1.0 : 0 } }
      return (addLookup(code, indicators, width: kept.count, as: "\(factor.name)/indicators"), kept.count)
    }
    let x = materialized(try add(NumericExpression(parsing: factor.of), &columns))
    switch factor.basis {
    case .number, .levels: return (x, 1)
    case .powers(let degree): return (addPowers(x, degree), degree)
    case .polynomial(let basis): return (addPolynomials(x, basis), basis.degree)
    case .spline(let spline):
      let polynomials = spline.polynomials
      return (addPieces(x, polynomials), polynomials.start.count)
    case .bSpline(let spline):
      let polynomials = spline.polynomials
      return (addPieces(x, polynomials), polynomials.start.count)
    }
  }

  /// Adds all products of the columns of two factors; those of the first vary fastest.
  private mutating func addProducts(
    _ first: (name: String, width: Int), _ second: (name: String, width: Int)
  ) -> (name: String, width: Int) {
    guard first.width > 1, second.width > 1 else {
      return (builder.add("Mul", [first.name, second.name]), first.width * second.width)
    }
    func shape(_ sizes: [Int64]) -> String { builder.store(Tensor(shape: [sizes.count], sizes), as: "shape") }
    let inner = builder.add("Unsqueeze", [first.name, shape([1])])
    let outer = builder.add("Unsqueeze", [second.name, shape([2])])
    let width = first.width * second.width
    let product = builder.add("Mul", [inner, outer])
    return (builder.add("Reshape", [product, shape([0, Int64(width)])]), width)
  }

  /// Adds x, x^2, ..., each the one before times x.
  private mutating func addPowers(_ x: String, _ degree: Int) -> String {
    var powers = [x]
    while powers.count < degree { powers.append(builder.add("Mul", [powers[powers.count - 1], x])) }
    return powers.count == 1 ? x : builder.add("Concat", powers, ["axis": .int(1)])
  }

  /// Adds orthogonal polynomials, by their recurrence.
  private mutating func addPolynomials(_ x: String, _ basis: PolynomialBasis) -> String {
    var (previous, current): (String?, String?) = (nil, nil)
    var values: [String] = []
    for k in basis.centres.indices {
      var next = builder.add("Sub", [x, constant(basis.centres[k])])
      if let current { next = builder.add("Mul", [next, current]) }
      // The polynomial before the first is 0, and the first is 1.
      let ratio = k > 0 ? basis.squares[k] / basis.squares[k - 1] : 0
      if let previous {
        next = builder.add("Sub", [next, builder.add("Mul", [previous, constant(ratio)])])
      } else if k == 1 {
        next = builder.add("Sub", [next, constant(ratio)])
      }
      (previous, current) = (current, next)
      values.append(builder.add("Div", [next, constant(basis.squares[k + 1].squareRoot())]))
    }
    return values.count == 1 ? values[0] : builder.add("Concat", values, ["axis": .int(1)])
  }

  /// Adds the functions of a spline: powers of the position in each piece, and the way beyond the knots, times their
  /// coefficients.
  private mutating func addPieces(_ x: String, _ functions: PiecewisePolynomials) -> String {
    let (knots, pieces, width) = (functions.knots, functions.knots.count - 1, functions.start.count)
    let left = store([pieces], Array(knots.dropLast()), as: "knots")
    let widths = store([pieces], zip(knots.dropFirst(), knots).map(-), as: "widths")
    let positions = builder.add("Div", [builder.add("Sub", [x, left]), widths])
    let held = builder.add("Min", [builder.add("Max", [positions, constant(0)]), constant(1)])
    var parts = [held]
    while parts.count < functions.degree { parts.append(builder.add("Mul", [parts[parts.count - 1], held])) }
    var rows = functions.coefficients
    let below = builder.add("Min", [builder.add("Sub", [x, constant(knots[0])]), constant(0)])
    let above = builder.add("Max", [builder.add("Sub", [x, constant(knots[pieces])]), constant(0)])
    if let slopes = functions.slopes {
      parts += [below, above]
      rows += [slopes.below, slopes.above]
    }
    let all = parts.count == 1 ? parts[0] : builder.add("Concat", parts, ["axis": .int(1)])
    let product = builder.add("MatMul", [all, store([rows.count, width], rows.flatMap { $0 }, as: "pieces")])
    let values = builder.add("Add", [product, store([width], functions.start, as: "start")])
    guard functions.slopes == nil else { return builder.add("Add", [values, notANumber(of: x)]) }
    // Below 0 or above 0 outside of the knots, where functions are not defined; not a number for one.
    let outside = builder.add("Sub", [above, below])
    let isInside = builder.add("LessOrEqual", [builder.add("Add", [outside, notANumber(of: x)]), constant(0)])
    return builder.add("Where", [isInside, values, constant(.nan)])
  }

  /// 0 for a number and not a number for none, which some runtimes' `Min` and `Max` do not keep.
  mutating func notANumber(of x: String) -> String { builder.add("Mul", [x, constant(0)]) }

  /// An operand as a value of each row.
  private mutating func materialized(_ operand: Operand) -> String {
    switch operand {
    case .value(let name): return name
    case .number(let number): return store([1, 1], [number], as: "constant")
    }
  }

  /// Adds a number computed from the columns.
  private mutating func add(
    _ expression: NumericExpression<String>, _ columns: inout Columns
  ) throws(EspalierError) -> Operand {
    if expression.columns.isEmpty { return .number(expression.value { _ in .nan }) }
    switch expression {
    case .constant(let number): return .number(number)
    case .column(let name): return .value(try number(name, &columns))
    case .negative(let operand):
      return .value(builder.add("Neg", [materialized(try add(operand, &columns))]))
    case .operation(let operation, let first, let second):
      let operands = [try add(first, &columns), try add(second, &columns)]
      return .value(add(operation, operands.map { materialized($0) }))
    case .function(let function, let operand):
      return .value(add(function, materialized(try add(operand, &columns))))
    }
  }

  /// A column as a number of each row; levels that are numbers are looked up.
  private mutating func number(_ name: String, _ columns: inout Columns) throws(EspalierError) -> String {
    if let known = columns.numbers[name] { return known }
    guard let code = columns.codes[name], let levels = columns.levels[name] else {
      throw EspalierError(.model, "the model's formula", "needs a column \"\(name)\", which the model has not")
    }
    let values = levels.map { Double($0) ?? .nan }
    let value = addLookup(code, values, width: 1, as: "\(name)/numbers")
    columns.numbers[name] = value
    return value
  }
}
