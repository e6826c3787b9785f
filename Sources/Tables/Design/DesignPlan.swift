import EspalierFiles

/// The computation of a design's features, with columns and features looked up once.
struct DesignPlan: Sendable {
  /// A factor's values in a row.
  private enum Source: Sendable {
    case number(NumericExpression<Int>, DesignFactor.Basis)
    /// The code of a level.
    case code(Int)
  }

  /// A factor of a term.
  private struct Part: Sendable {
    let factor: Int
    /// The number of its columns.
    let width: Int
    /// The column of each level; -1 for none.
    let places: [Int]
  }

  /// A term, and the place of each of its features; -1 for those left out.
  private struct Term: Sendable {
    let parts: [Part]
    let features: [Int]
  }

  let featureCount: Int
  let isSparse: Bool
  private let design: Design
  private let sources: [Source]
  private let terms: [Term]
  private let offsets: [NumericExpression<Int>]
  /// The numbers that levels are read as, by code, for columns of levels that are also used as numbers.
  private let numbers: [(column: Int, values: [Double])]

  /// The plan of a design, whose rows have its columns in order: a number, or the code of a level.
  ///
  /// - Throws: `EspalierError` if an expression is invalid, or uses a column that is not there or holds text.
  init(_ design: Design) throws(EspalierError) {
    self.design = design
    let places = Dictionary(
      design.columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    var numbers: [(column: Int, values: [Double])] = []
    func resolved(_ text: String) throws(EspalierError) -> NumericExpression<Int> {
      let expression = try NumericExpression(parsing: text)
      var slots: [String: Int] = [:]
      for name in expression.columns where slots[name] == nil {
        guard let column = places[name] else { throw EspalierError(.data, "\"\(text)\"", "needs a column \"\(name)\"") }
        guard let levels = design.columns[column].levels else {
          slots[name] = column
          continue
        }
        guard let values = Self.numbers(of: levels) else {
          throw EspalierError(
            .data, "column \"\(name)\"",
            "holds text (\"\(levels.first { Double($0) == nil } ?? "")\"), and the formula "
              + "takes it for a number", remedy: "use it as it is, for its levels, or correct it")
        }
        slots[name] = design.columns.count + numbers.count
        numbers.append((column, values))
      }
      return expression.map { slots[$0] ?? 0 }
    }
    var sources: [Source] = []
    for factor in design.factors {
      if case .levels = factor.basis, let column = places[factor.of] {
        sources.append(.code(column))
      } else {
        sources.append(.number(try resolved(factor.of), factor.basis))
      }
    }
    self.sources = sources
    offsets = try design.offsets.map { (text) throws(EspalierError) in try resolved(text) }
    self.numbers = numbers
    (terms, featureCount) = Self.terms(of: design)
    isSparse = design.isSparse
  }

  private static func terms(of design: Design) -> ([Term], count: Int) {
    let factors = Dictionary(
      design.factors.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    let omitted = Set(design.omitted)
    var names = design.allFeatureNames[...]
    var count = 0
    let terms = design.terms.map { term in
      let parts = term.factors.compactMap { factors[$0] }.map { place in
        let factor = design.factors[place]
        let isFull = term.allLevels?.contains(factor.name) ?? false
        var next = -1
        let levels = design.columns.first { $0.name == factor.of }?.levels ?? []
        let places: [Int] =
          if case .levels(let reference) = factor.basis {
            levels.map { level in
              guard isFull || level != reference else { return -1 }
              next += 1
              return next
            }
          } else {
            []
          }
        return Part(factor: place, width: design.features(of: factor, in: term).count, places: places)
      }
      let size = parts.reduce(1) { $0 * $1.width }
      let features = names.prefix(size).map { name in
        guard !omitted.contains(name) else { return -1 }
        count += 1
        return count - 1
      }
      names = names.dropFirst(size)
      return Term(parts: parts, features: features)
    }
    return (terms, count)
  }

  private static func numbers(of levels: [String]) -> [Double]? {
    let numbers = levels.compactMap(Double.init).filter(\.isFinite)
    return numbers.count == levels.count ? numbers : nil
  }

  /// The features of rows of columns; targets, weights, clusters and offsets are kept, and the design's offsets added.
  ///
  /// - Parameters:
  ///   - rows: The rows; further columns behind those of the design are ignored.
  ///   - first: The number of rows before them, for messages.
  /// - Throws: `EspalierError` if a number is not finite.
  func callAsFunction(_ rows: Rows, behind first: Int = 0) throws(EspalierError) -> Rows {
    guard case .dense(let values) = rows.features else { return rows }
    var builder = RowBuilder(featureCount: featureCount, isSparse: isSparse)
    builder.reserve(rows.count)
    var columns = [Double](repeating: 0, count: design.columns.count + numbers.count)
    var evaluated = [[(Int, Double)]](repeating: [], count: sources.count)
    for row in 0..<rows.count {
      let start = row * rows.featureCount
      for column in design.columns.indices { columns[column] = values[start + column] }
      for (place, (column, values)) in numbers.enumerated() {
        let code = columns[column]
        columns[design.columns.count + place] = code >= 0 ? values[Int(code)] : .nan
      }
      for place in sources.indices { try evaluate(place, columns, into: &evaluated[place], row: first + row) }
      builder.beginRow()
      for term in terms { set(term, evaluated, in: &builder) }
      var offset = rows.offsets.isEmpty ? (offsets.isEmpty ? nil : 0) : rows.offsets[row]
      for (place, expression) in offsets.enumerated() {
        let value = expression.value { columns[$0] }
        guard value.isFinite else { throw fault("offset(\(design.offsets[place]))", value, columns, row: first + row) }
        offset = (offset ?? 0) + value
      }
      builder.endRow(
        target: rows.targets.isEmpty ? nil : rows.targets[row],
        weight: rows.weights.isEmpty ? nil : rows.weights[row], offset: offset,
        cluster: rows.clusters.isEmpty ? nil : rows.clusters[row])
    }
    return builder.finish()
  }

  /// The numbers of a factor in rows of columns.
  ///
  /// - Throws: `EspalierError` if one is not finite.
  func numbers(of factor: Int, in rows: Rows, behind first: Int) throws(EspalierError) -> [Double] {
    guard case .dense(let values) = rows.features, case .number(let expression, _) = sources[factor] else { return [] }
    var result: [Double] = []
    result.reserveCapacity(rows.count)
    for row in 0..<rows.count {
      let start = row * rows.featureCount
      let value = expression.value { place in
        guard place >= design.columns.count else { return values[start + place] }
        let (column, numbers) = numbers[place - design.columns.count]
        return numbers[Int(values[start + column])]
      }
      guard value.isFinite else {
        throw fault(
          design.factors[factor].name, value, Array(values[start..<start + design.columns.count]),
          row: first + row)
      }
      result.append(value)
    }
    return result
  }

  /// The columns of a factor that are not 0: those of levels by code.
  private func evaluate(
    _ place: Int, _ columns: [Double], into result: inout [(Int, Double)], row: Int
  ) throws(EspalierError) {
    result.removeAll(keepingCapacity: true)
    switch sources[place] {
    case .code(let column):
      if columns[column] >= 0 { result.append((Int(columns[column]), 1)) }
    case .number(let expression, let basis):
      let x = expression.value { columns[$0] }
      guard x.isFinite else { throw fault(design.factors[place].name, x, columns, row: row) }
      switch basis {
      case .number, .levels: result.append((0, x))
      case .polynomial(let basis): basis.forEachValue(x) { result.append(($0, $1)) }
      case .powers(let degree):
        var power = 1.0
        for exponent in 0..<degree {
          power *= x
          result.append((exponent, power))
        }
      case .spline(let spline): spline.forEachValue(x) { result.append(($0, $1)) }
      case .bSpline(let spline):
        guard spline.contains(x) else {
          throw EspalierError(
            .data, "row \(row + 1) of the data, \(design.factors[place].name)",
            "\(x) is outside of its knots, from \(spline.knots[0]) to \(spline.knots[spline.knots.count - 1])",
            remedy: "leave the row out, or fit with spline(...), which goes on in straight lines")
        }
        spline.forEachValue(x) { result.append(($0, $1)) }
      }
      if let bad = result.first(where: { !$0.1.isFinite }) {
        throw fault("\(design.factors[place].name)[\(bad.0 + 1)]", bad.1, columns, row: row)
      }
    }
  }

  /// Sets the features of a term: all products of its factors' columns that are not 0, in ascending order.
  private func set(_ term: Term, _ evaluated: [[(Int, Double)]], in builder: inout RowBuilder) {
    func product(_ place: Int, _ index: Int, _ value: Double) {
      guard place >= 0 else {
        let feature = term.features[index]
        if feature >= 0 { builder.set(feature, to: value) }
        return
      }
      let part = term.parts[place]
      for (column, factor) in evaluated[part.factor] {
        let own = part.places.isEmpty ? column : part.places[column]
        if own >= 0 { product(place - 1, index * part.width + own, value * factor) }
      }
    }
    product(term.parts.count - 1, 0, 1)
  }

  private func fault(_ name: String, _ value: Double, _ columns: [Double], row: Int) -> EspalierError {
    let used = design.columns.indices.filter { design.columns[$0].levels == nil }
      .map { "\(design.columns[$0].name) = \(columns[$0])" }
    let result = value.isNaN ? "not a number" : "\(value)"
    return EspalierError(
      .data, "row \(row + 1) of the data, \(name)", "is \(result), where \(used.listed(atMost: 4))",
      remedy: "leave the row out, or choose another function")
  }
}
