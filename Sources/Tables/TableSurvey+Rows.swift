import Foundation

/// The values of a table kept by its survey, row by row: numbers, codes of levels in order of appearance, and NaN for
/// missing values.
struct KeptValues: Sendable {
  /// The values of the candidate input columns.
  var features: [Double] = []
  /// The values of the target, offset, exposure and weight columns that exist.
  var others: [Double] = []

  /// Replaces the codes of the column at `index` of `count` by the numbers of its levels.
  mutating func decode(feature index: Int, of count: Int, _ numbers: [Double]) {
    Self.decode(&features, index, count, numbers)
  }

  /// The same for a target, offset, exposure or weight column.
  mutating func decode(other index: Int, of count: Int, _ numbers: [Double]) {
    Self.decode(&others, index, count, numbers)
  }

  private static func decode(_ values: inout [Double], _ index: Int, _ count: Int, _ numbers: [Double]) {
    for place in stride(from: index, to: values.count, by: count) where !values[place].isNaN {
      values[place] = numbers[Int(values[place])]
    }
  }
}

extension TableSurvey {
  /// All rows of `source`, which the survey made, from the kept values; `nil` if none were kept or one is invalid:
  /// reading from `source` reports its line and column.
  package consuming func keptRows(of source: TableSource) -> Rows? {
    let used = Set(source.columnPositions)
    let places = features.indices.filter { used.contains(features[$0].position) }
    guard let kept, let others = KeptOthers(kept.others, of: self.others, positions, source) else { return nil }
    var rows = featureRows(of: source, kept.features, at: places)
    for row in 0..<rowCount {
      guard let (target, weight, offset) = others[row] else { return nil }
      rows.targets.append(target)
      if let weight { rows.weights.append(weight) }
      if let offset { rows.offsets.append(offset) }
    }
    return rows
  }

  /// The features, made of the `values` of the columns at `places`.
  private func featureRows(of source: TableSource, _ values: [Double], at places: [Int]) -> Rows {
    let encoders = source.encoders
    let numbers = zip(places, encoders).map { $1.numbers(of: features[$0]) }
    if encoders.allSatisfy(\.isNumeric), places.count == features.count {
      var rows = Rows(featureCount: places.count, isSparse: false)
      rows.count = rowCount
      rows.features = .dense(missing == .mean ? values.indices.map { numbers[$0 % places.count](values[$0]) } : values)
      return rows
    }
    var builder = RowBuilder(featureCount: source.featureCount, isSparse: source.isSparse)
    builder.reserve(rowCount)
    for row in 0..<rowCount {
      builder.beginRow()
      for (index, place) in places.enumerated() {
        encoders[index].set(numbers[index](values[row * features.count + place]), in: &builder)
      }
      builder.endRow(target: nil, weight: nil, offset: nil)
    }
    return builder.finish()
  }
}

/// The targets, weights and offsets of rows, made of the kept values of their columns.
private struct KeptOthers {
  private let values: [Double]
  private let width: Int
  private let offset: Int?
  private let exposure: Int?
  private let weight: Int?
  private let number: (Double) -> Double?

  /// The values of `columns`, row by row, the target first; `nil` if a column that must hold numbers holds levels.
  init?(_ values: [Double], of columns: [ColumnAccumulator], _ positions: ColumnPositions, _ source: TableSource) {
    func place(_ position: Int?) -> Int? { columns.firstIndex { $0.position == position } }
    self.values = values
    width = columns.count
    (offset, exposure, weight) = (place(positions.offset), place(positions.exposure), place(positions.weights))
    guard columns.dropFirst().allSatisfy({ $0.isCategorical != true }) else { return nil }
    switch source.target?.coding {
    case .classes(let classes):
      let numbers = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, Double($0)) })
      let codes = columns[0].levelsByCode.map { numbers[$0] }
      number = { codes[Int($0)] }
    case let coding?: number = coding.number(ofLabel:)
    case nil: return nil
    }
  }

  /// Target, weight and offset of a row; `nil` if one is invalid.
  subscript(row: Int) -> (target: Double, weight: Double?, offset: Double?)? {
    let own = values[row * width..<(row + 1) * width]
    func value(_ place: Int?) -> Double? { place.map { own[own.startIndex + $0] } }
    guard let target = number(own[own.startIndex]) else { return nil }
    let weight = value(weight)
    guard !(weight ?? 0 < 0) else { return nil }
    guard let exposure = value(exposure) else { return (target, weight, value(offset)) }
    guard exposure > 0 else { return nil }
    return (target, weight, (value(offset) ?? 0) + log(exposure))
  }
}
