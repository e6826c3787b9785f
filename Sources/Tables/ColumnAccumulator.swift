import EspalierFiles

/// The result of a pass over a column: numbers or levels, and their statistics.
///
/// The first value decides: if it is a number the column is numeric, and text further down is an error in the file.
struct ColumnAccumulator {
  let name: String
  let position: Int
  private(set) var isCategorical: Bool?
  private(set) var statistics = RunningStatistics()
  private var codes: [String: Int] = [:]
  private var levelCounts: [Int] = []

  /// A column before the pass; `isCategorical` if it is known to hold levels.
  init(_ name: String, at position: Int, isCategorical: Bool) {
    self.name = name
    self.position = position
    self.isCategorical = isCategorical ? true : nil
  }

  /// A value: a number, the code of a level in order of appearance, or NaN if missing.
  /// - Throws: `EspalierError` for text in a numeric column.
  mutating func value(in record: DelimitedReader) throws(EspalierError) -> Double {
    let bytes = record.bytes(position)
    guard isCategorical != true else { return DecimalNumber.isMissing(bytes) ? .nan : code(bytes) }
    if let number = DecimalNumber.parse(bytes) {
      isCategorical = false
      return number
    }
    guard !DecimalNumber.isMissing(bytes) else { return .nan }
    guard isCategorical == nil else { throw .notANumber(record, position, column: name) }
    isCategorical = true
    return code(bytes)
  }

  /// Counts the value of a used row.
  mutating func add(_ value: Double) {
    if isCategorical == true { levelCounts[Int(value)] += 1 } else { statistics.add(value) }
  }

  private mutating func code(_ bytes: UnsafeBufferPointer<UInt8>) -> Double {
    let level = String(decoding: bytes, as: UTF8.self)
    if let code = codes[level] { return Double(code) }
    codes[level] = levelCounts.count
    levelCounts.append(0)
    return Double(levelCounts.count - 1)
  }

  /// The number of levels of used rows.
  var levelCount: Int { levelCounts.count { $0 > 0 } }

  /// All levels in the order of their codes, including those that occur in no used row.
  var levelsByCode: [String] { codes.sorted { $0.value < $1.value }.map(\.key) }

  /// The levels of used rows with their counts, ordered numerically if all are numbers, otherwise by text.
  var levels: [(level: String, count: Int)] {
    let used = codes.map { (level: $0.key, count: levelCounts[$0.value]) }.filter { $0.count > 0 }
    let numbers = Dictionary(
      uniqueKeysWithValues: used.compactMap { entry in Double(entry.level).map { (entry.level, $0) } })
    guard numbers.count == used.count else {
      return used.sorted { $0.level.utf8.lexicographicallyPrecedes($1.level.utf8) }
    }
    return used.sorted { (numbers[$0.level]!, $0.level) < (numbers[$1.level]!, $1.level) }
  }
}

/// Count, mean, variance and extremes of a sequence of numbers (B. P. Welford, 1962).
package struct RunningStatistics: Hashable, Sendable {
  /// The count.
  package private(set) var count = 0
  /// The mean.
  package private(set) var mean = 0.0
  /// The minimum.
  package private(set) var minimum = Double.infinity
  /// The maximum.
  package private(set) var maximum = -Double.infinity
  private var squares = 0.0

  /// The statistics of an empty sequence.
  package init() {}

  /// Adds a number.
  package mutating func add(_ value: Double) {
    count += 1
    let distance = value - mean
    mean += distance / Double(count)
    squares += distance * (value - mean)
    minimum = min(minimum, value)
    maximum = max(maximum, value)
  }

  /// The standard deviation of the population: the squares are divided by the count, not by one less.
  package var deviation: Double { count > 0 ? (squares / Double(count)).squareRoot() : 0 }
}

extension EspalierError {
  /// The error for text in place of a number.
  static func notANumber(_ record: DelimitedReader, _ position: Int, column: String) -> EspalierError {
    EspalierError(
      .data, "\(record.subject), line \(record.line), column \"\(column)\"",
      "\"\(record.text(position))\" is not a number",
      remedy: "correct it, or declare the column categorical")
  }

  /// The error for a missing value that is required.
  static func missing(_ record: DelimitedReader, column: String) -> EspalierError {
    EspalierError(
      .data, "\(record.subject), line \(record.line), column \"\(column)\"", "the value is missing",
      remedy: "fill it in, or choose what to do with missing values (drop the row, or take the mean)")
  }
}
