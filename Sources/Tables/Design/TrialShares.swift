import EspalierFiles

/// The column that says how often each row was tried, beside one of successes.
package enum Trials: Hashable, Sendable {
  /// A column of failures.
  case failures(String)
  /// A column of all trials, successes among them.
  case total(String)

  /// The column.
  package var column: String {
    switch self {
    case .failures(let name), .total(let name): name
    }
  }
}

/// Successes and trials as the share of successes, weighted by the number of trials: the binomial likelihood of a row
/// of `s` successes in `n` trials is that of n rows.
struct TrialShares: Sendable {
  private let trials: Trials
  private let place: Int

  /// The shares of rows of these columns.
  ///
  /// - Throws: `EspalierError` if the column of trials is not there or holds text.
  init(_ trials: Trials, among columns: [TableColumn]) throws(EspalierError) {
    guard let place = columns.firstIndex(where: { $0.name == trials.column && $0.levels == nil }) else {
      throw EspalierError(.data, "column \"\(trials.column)\"", "holds text, and is to be the number of \(trials.noun)")
    }
    self.trials = trials
    self.place = place
  }

  /// The rows with shares for targets, and weights multiplied by the number of trials. Rows without trials get the
  /// weight 0.
  ///
  /// - Throws: `EspalierError` if a count is negative, or there are more successes than trials.
  func callAsFunction(_ rows: Rows, behind first: Int) throws(EspalierError) -> Rows {
    guard case .dense(let values) = rows.features else { return rows }
    var result = rows
    result.weights = rows.weights.isEmpty ? [Double](repeating: 1, count: rows.count) : rows.weights
    for row in 0..<rows.count {
      let (successes, other) = (rows.targets[row], values[row * rows.featureCount + place])
      let total: Double
      switch trials {
      case .failures: total = successes + other
      case .total: total = other
      }
      guard successes >= 0, other >= 0, successes <= total, total.isFinite else {
        throw EspalierError(
          .data, "row \(first + row + 1) of the data",
          "has \(successes) successes and \(other) \(trials.noun)",
          remedy: "neither can be negative, nor successes more than trials")
      }
      result.targets[row] = total > 0 ? successes / total : 0
      result.weights[row] *= total
    }
    return result
  }
}

extension Trials {
  fileprivate var noun: String {
    switch self {
    case .failures: "failures"
    case .total: "trials"
    }
  }
}
