import EspalierFiles

/// Converts the values of a column to numbers.
struct ColumnEncoder {
  let isNumeric: Bool
  let firstFeature: Int
  private let name: String
  private let position: Int
  private let codes: [String: Double]
  /// The number that replaces a missing value.
  private let filling: Double
  private let missing: MissingValues
  private let unknown: UnknownLevels
  private let codesLevels: Bool
  private let file: FieldNotation
  private let notation: NumberNotation
  private let isPlain: Bool

  init(_ column: TableColumn, at position: Int, firstFeature: Int, _ source: TableSource) {
    name = column.name
    isNumeric = column.levels == nil
    self.position = position
    self.firstFeature = firstFeature
    missing = source.missing
    unknown = source.unknown
    codesLevels = source.codesLevels
    file = source.file.notation
    notation = column.notation ?? NumberNotation()
    isPlain = notation.unit == nil
    var codes = Dictionary(uniqueKeysWithValues: column.indicators.enumerated().map { ($1, Double($0)) })
    if let reference = column.reference { codes[reference] = -1 }
    self.codes = codes
    filling = column.mean ?? column.mostFrequent.flatMap { codes[$0] } ?? .nan
  }

  /// The conversion of values kept by a survey to the numbers of ``value(in:)``: numbers are unchanged, levels have
  /// codes in `accumulator`, and missing values are filled in.
  func numbers(of accumulator: ColumnAccumulator) -> (_ kept: Double) -> Double {
    guard !isNumeric else { return { $0.isNaN ? filling : $0 } }
    let places = accumulator.levelsByCode.map { codes[$0] ?? .nan }
    return { $0.isNaN ? filling : places[Int($0)] }
  }

  /// Sets the features of the last row that come from the column.
  func set(_ value: Double, in rows: inout RowBuilder) {
    if isNumeric || codesLevels {
      rows.set(firstFeature, to: value)
    } else if value >= 0 {
      rows.set(firstFeature + Int(value), to: 1)
    }
  }

  /// The number or, for a categorical column, the index of the indicator that is 1, or -1 for none. NaN if the row is
  /// to be dropped.
  /// - Throws: `EspalierError` if the value is not a number, an unknown level, or missing.
  func value(in record: DelimitedReader) throws(EspalierError) -> Double {
    let bytes = record.bytes(position)
    if isNumeric {
      if isPlain, let number = file.plainNumber(bytes) { return number }
      if let number = file.number(bytes, notation) { return number }
      guard file.isMissing(bytes) else { throw .notANumber(record, position, column: name) }
    } else if !file.isMissing(bytes) {
      if let code = codes[String(decoding: bytes, as: UTF8.self)] { return code }
      guard unknown == .refuse else { return -1 }
      throw EspalierError(
        .data, "\(record.subject), line \(record.line), column \"\(name)\"",
        "\"\(record.text(position))\" is a level that the model does not know",
        remedy: "take unknown levels for zero if they may count as the reference level")
    }
    switch missing {
    case .refuse: throw .missing(record, column: name)
    case .drop: return .nan
    case .mean: return filling
    }
  }
}
