import EspalierFiles

/// The rows of a LIBSVM file, and what one pass over it tells of them.
package struct SparseTextSource: RowSource {
  /// The file.
  package let file: SparseTextFile
  /// How many rows there are.
  package let rowCount: Int
  /// The features and their statistics, zeros included. A feature's name is its index as the file writes it.
  package let features: [FeatureSummary]
  /// How labels become numbers.
  package let coding: TargetCoding
  /// The index of the first feature, 0 or 1.
  package let firstIndex: Int
  /// All rows, where they were to be kept; `nil` also where a label cannot be used: ``reader()`` tells its line.
  package let keptRows: Rows?

  /// As many features are taken for meant whatever else is in the file; more only if numbers are as many as a quarter
  /// of them.
  private static let modestCount = 500_000

  /// Reads the file once.
  ///
  /// - Parameter keepsRows: Whether rows are kept.
  /// - Throws: `EspalierError` with the line where something is not as it should be, where there are no rows, or where most
  ///   features would never occur, each of them needing memory.
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
      if targetKind == .classes { classes.insert(reader.label) }
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
      return low >= 0 && high <= 1 ? .number : .twoNumbers(low, high)
    case .classes:
      guard classes.count >= 2 else { throw EspalierError(.data, subject, "has one class alone") }
      return .classes(classes.sorted().map(Self.name))
    }
  }

  /// A label as the name of a class: `3`, not `3.0`.
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
  /// Appends the present row, its indices and its label as they are written.
  fileprivate mutating func appendRow(_ reader: SparseTextReader) {
    beginRow()
    for (index, value) in zip(reader.indices, reader.values) { set(index, to: value) }
    endRow(target: reader.label, weight: nil, offset: nil)
  }
}

extension Rows {
  /// Rows of indices and labels as a file writes them, with `count` features of which the first has the index `first`,
  /// and with numbers for labels; `nil` where one is none that `coding` knows.
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
  /// The number that a label stands for; `nil` for one that is not known.
  func number(ofLabel label: Double) -> Double? {
    switch self {
    case .number: label
    case .twoNumbers(let low, let high): label == high ? 1 : label == low ? 0 : nil
    case .classes(let classes): classes.firstIndex(of: SparseTextSource.name(label)).map(Double.init)
    }
  }
}

extension RunningStatistics {
  /// Mean and deviation over `rowCount` rows, those without a value counted as zeros.
  fileprivate func summary(name: String, of rowCount: Int) -> FeatureSummary {
    let share = Double(count) / Double(rowCount)
    let mean = share * self.mean
    // Variance within the values that are there, and between them and the zeros.
    let variance = share * deviation * deviation + share * (1 - share) * self.mean * self.mean
    return FeatureSummary(name: name, mean: mean, deviation: variance.squareRoot())
  }
}
