import EspalierFiles
import Foundation

/// Reads the rows of a table, in order.
final class TableRowReader: RowReader {
  private let source: TableSource
  private let records: DelimitedReader
  private let encoders: [ColumnEncoder]
  private let targetCodes: [String: Double]
  private let featureCount: Int
  private var values: [Double]
  private var clusters: [String: Int] = [:]
  /// The notation of numbers by position: known of the source, or found in the rows so far.
  private var notations: [Int: NumberNotation]
  /// The number of rows left out because a value is missing.
  private(set) var droppedCount = 0

  init(_ source: TableSource) throws(EspalierError) {
    self.source = source
    records = try source.file.records()
    encoders = source.encoders
    featureCount = source.featureCount
    notations = source.notations
    values = [Double](repeating: 0, count: encoders.count)
    if case .classes(let classes)? = source.target?.coding {
      targetCodes = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, Double($0)) })
    } else {
      targetCodes = [:]
    }
  }

  func next(atMost count: Int) throws(EspalierError) -> Rows? {
    var builder = RowBuilder(featureCount: featureCount, isSparse: source.isSparse)
    while builder.count < count, try records.next(ofFields: source.file.header.count) {
      try appendRow(to: &builder)
    }
    return builder.count > 0 ? builder.finish() : nil
  }

  /// Appends the current record, unless a value is missing and such rows are dropped.
  private func appendRow(to builder: inout RowBuilder) throws(EspalierError) {
    let target = try source.targetPosition.map(target)
    let weight = try source.weightsPosition.map(weight)
    let offset = try offset()
    guard target?.isNaN != true, weight?.isNaN != true, offset?.isNaN != true else { return droppedCount += 1 }
    for (index, encoder) in encoders.enumerated() {
      let value = try encoder.value(in: records)
      guard !value.isNaN else { return droppedCount += 1 }
      values[index] = value
    }
    builder.beginRow()
    for (encoder, value) in zip(encoders, values) { encoder.set(value, in: &builder) }
    builder.endRow(target: target, weight: weight, offset: offset, cluster: try source.clusterPosition.map(cluster))
  }

  /// A number of the current record; NaN if it is missing and the row is to be dropped.
  private func number(_ position: Int) throws(EspalierError) -> Double {
    let bytes = records.bytes(position)
    let notation = source.file.notation
    if let number = notation.number(bytes, notations[position] ?? NumberNotation()) {
      if notations[position] == nil { notations[position] = NumberNotation() }
      return number
    }
    if source.notations[position] == nil, let number = notatedNumber(position) { return number }
    let name = source.file.header[position]
    guard notation.isMissing(bytes) else { throw .notANumber(records, position, column: name) }
    guard source.missing == .drop else { throw .missing(records, column: name) }
    return .nan
  }

  /// A number in a notation of its own, of a column whose notation the source does not know: the first one decides.
  private func notatedNumber(_ position: Int) -> Double? {
    guard !source.file.notation.isMissing(records.bytes(position)),
      let number = NotatedNumber(records.text(position), source.file.notation.decimal)
    else { return nil }
    var notation = number.notation
    if let known = notations[position] {
      guard let merged = known.merged(with: notation) else { return nil }
      notation = merged
    }
    notations[position] = notation
    return number.value
  }

  private func target(_ position: Int) throws(EspalierError) -> Double {
    switch source.target!.coding {
    case .number: return try number(position)
    case .twoNumbers(let low, let high):
      let value = try number(position)
      guard value != high else { return 1 }
      guard value != low else { return 0 }
      guard !value.isNaN else { return value }
      throw fault(position, "is neither between 0 and 1 nor one of two values (\(low) and \(high))")
    case .classes:
      let bytes = records.bytes(position)
      if let code = targetCodes[records.text(position)], !source.file.notation.isMissing(bytes) { return code }
      guard source.file.notation.isMissing(bytes) else { throw fault(position, "is not a class of the model") }
      guard source.missing == .drop else { throw .missing(records, column: source.file.header[position]) }
      return .nan
    }
  }

  private func weight(_ position: Int) throws(EspalierError) -> Double {
    let weight = try number(position)
    guard !(weight < 0) else { throw fault(position, "is a negative weight") }
    return weight
  }

  /// The number of a cluster. A missing one is an error even if such rows are dropped: the fit has used the row.
  private func cluster(_ position: Int) throws(EspalierError) -> Int {
    guard !source.file.notation.isMissing(records.bytes(position)) else {
      throw .missing(records, column: source.file.header[position])
    }
    let name = records.text(position)
    if let known = clusters[name] { return known }
    clusters[name] = clusters.count
    return clusters.count - 1
  }

  private func offset() throws(EspalierError) -> Double? {
    let offset = try source.offsetPosition.map(number)
    guard let position = source.exposurePosition else { return offset }
    let exposure = try number(position)
    guard !(exposure <= 0) else { throw fault(position, "is an exposure that is not positive") }
    return (offset ?? 0) + log(exposure)
  }

  private func fault(_ position: Int, _ fault: String) -> EspalierError {
    EspalierError(
      .data, "\(records.subject), line \(records.line), column \"\(source.file.header[position])\"",
      "\"\(records.text(position))\" \(fault)")
  }
}

extension TableRowReader {
  /// The names of the clusters so far, in the order of their numbers.
  var clusterNames: [String] { clusters.sorted { $0.value < $1.value }.map(\.key) }
}

extension Optional {
  /// `map` with a typed error.
  fileprivate func map<Result>(_ transform: (Wrapped) throws(EspalierError) -> Result) throws(EspalierError) -> Result?
  {
    guard let self else { return nil }
    return try transform(self)
  }
}
