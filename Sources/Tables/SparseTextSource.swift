import EspalierFiles

/// The rows of a LIBSVM file, and the results of a pass over it.
package struct SparseTextSource: RowSource {
  /// The file.
  package let file: SparseTextFile
  /// The number of rows.
  package let rowCount: Int
  /// The features and their statistics, including zeros. A feature's name is its index in the file.
  package let features: [FeatureSummary]
  /// The conversion of labels to numbers.
  package let coding: TargetCoding
  /// The index of the first feature, 0 or 1.
  package let firstIndex: Int
  /// All rows, if kept; also `nil` if a label is invalid: ``reader()`` reports its line.
  package let keptRows: Rows?

  /// Up to this number of features is always accepted; more only if the file holds at least a quarter as many numbers.
  private static let modestCount = 500_000

  /// Reads the file once.
  ///
  /// - Parameter keepsRows: Whether rows are kept in memory.
  /// - Throws: `EspalierError` with the line if it is malformed; and if there are no rows, or most features, each of
  ///   which needs memory, never occur.
  package init(_ file: SparseTextFile, targetKind: TargetKind, keepsRows: Bool = false) throws(EspalierError) {
    let reader = try SparseTextReader(file.input)
    var columns: [Int: RunningStatistics] = [:]
    var labels = RunningStatistics()
    var classes: Set<Double> = []
    var (smallest, largest, numbers) = (Int.max, 0, 0)
    var rows = keepsRows ? RowBuilder(featureCount: 0, isSparse: true) : nil
    while try reader.next() {
      rows?.appendRow(reader)
      labels.add(reader.label)
      if targetKind.isOfClasses || (targetKind == .binary && classes.count <= 3) { classes.insert(reader.label) }
      smallest = min(smallest, reader.indices.first ?? smallest)
      for (index, value) in zip(reader.indices, reader.values) {
        columns[index, default: RunningStatistics()].add(value)
      }
      numbers += reader.indices.count
      largest = max(largest, reader.indices.last ?? 0)
    }
    guard labels.count > 0 else { throw EspalierError(.data, file.input.subject, "has no rows of data") }
    guard !columns.isEmpty else { throw EspalierError(.data, file.input.subject, "has no features") }
    guard largest <= Self.modestCount + 4 * numbers else {
      throw EspalierError(
        .data, file.input.subject,
        "has an index \(largest) and \(numbers) numbers in all, each index up to it being a feature",
        remedy: "number the features that occur from 1")
    }
    self.file = file
    let firstIndex = file.firstIndex ?? (smallest == 0 ? 0 : 1)
    guard smallest >= firstIndex else {
      throw EspalierError(.data, file.input.subject, "has an index 0, and indices are said to begin at \(firstIndex)")
    }
    self.firstIndex = firstIndex
    rowCount = labels.count
    features = (firstIndex...max(firstIndex, largest)).map { index in
      (columns[index] ?? RunningStatistics()).summary(name: String(index), of: labels.count)
    }
    coding = try Self.coding(targetKind, labels, classes, subject: file.input.subject)
    keptRows = rows?.finish().numbered(from: firstIndex, count: features.count, coding)
  }

  private static func coding(
    _ kind: TargetKind, _ labels: RunningStatistics, _ classes: Set<Double>, subject: String
  ) throws(EspalierError) -> TargetCoding {
    switch kind {
    case .number: return .number
    case .binary:
      let (low, high) = (labels.minimum, labels.maximum)
      guard low < 0 || high > 1 else { return .number }
      guard classes.count <= 2 else { throw .tooManyLabels(classes.sorted().map(Self.name), subject) }
      return .twoNumbers(low, high)
    case .classes, .orderedClasses:
      guard classes.count >= 2 else { throw EspalierError(.data, subject, "has one class alone") }
      return .classes(classes.sorted().map(Self.name))
    }
  }

  /// The class name of a label: `3`, not `3.0`.
  static func name(_ label: Double) -> String {
    Int(exactly: label).map(String.init) ?? String(label)
  }

  /// The names of the features, in order.
  package var featureNames: [String] { features.map(\.name) }

  /// A reader at the first row.
  package func reader() throws(EspalierError) -> any RowReader {
    try SparseTextRowReader(
      file, featureCount: features.count, firstIndex: firstIndex, coding: coding, ignoresUnknown: false)
  }
}

extension RowBuilder {
  /// Appends the current row, with indices and label as written.
  fileprivate mutating func appendRow(_ reader: SparseTextReader) {
    beginRow()
    for (index, value) in zip(reader.indices, reader.values) { set(index, to: value) }
    endRow(target: reader.label, weight: nil, offset: nil)
  }
}

extension Rows {
  /// Rows with indices and labels as written become rows of `count` features, the first of index `first`, with numeric
  /// targets; `nil` if `coding` does not know a label.
  fileprivate consuming func numbered(from first: Int, count: Int, _ coding: TargetCoding) -> Rows? {
    guard case .sparse(let starts, let columns, let values) = features else { return nil }
    var rows = Rows(featureCount: count, isSparse: true)
    rows.count = self.count
    rows.features = .sparse(starts: starts, columns: columns.map { $0 - Int32(first) }, values: values)
    rows.targets.reserveCapacity(targets.count)
    for label in targets {
      guard let target = coding.number(ofLabel: label) else { return nil }
      rows.targets.append(target)
    }
    return rows
  }
}

extension TargetCoding {
  /// The number of a label; `nil` for an unknown one.
  func number(ofLabel label: Double) -> Double? {
    switch self {
    case .number: label
    case .twoNumbers(let low, let high): label == high ? 1 : label == low ? 0 : nil
    case .classes(let classes): classes.firstIndex(of: SparseTextSource.name(label)).map(Double.init)
    }
  }
}

extension RunningStatistics {
  /// Mean and deviation over `rowCount` rows, absent values counting as zeros.
  func summary(name: String, of rowCount: Int) -> FeatureSummary {
    let share = Double(count) / Double(rowCount)
    let mean = share * self.mean
    // The variance within the stored values, plus that between them and the zeros.
    let variance = share * deviation * deviation + share * (1 - share) * self.mean * self.mean
    return FeatureSummary(name: name, mean: mean, deviation: variance.squareRoot())
  }
}
