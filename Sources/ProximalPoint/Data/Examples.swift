import EspalierFiles
import EspalierProcesses

/// Training examples: features a_i, targets b_i, and optional offsets and weights.
///
/// The predictor of an example is `g_i = <a_i, x> + intercept + offset_i`, its loss `weight_i l(g_i, b_i)`, and the
/// objective averages the losses. With an intercept, the coefficient vector has one more coordinate, the last, which is
/// never regularised.
package struct Examples<Rows: FeatureRows>: Sendable {
  /// The features.
  package let rows: Rows
  /// The target of each row.
  package let targets: [Double]
  /// The term added to the predictor of each row (such as the logarithm of an exposure); `nil` for none.
  package let offsets: [Double]?
  /// The factor of the loss of each row; `nil` for 1.
  package let weights: [Double]?
  /// Whether the model has an intercept.
  package let hasIntercept: Bool
  /// The processes that share the sums which take most work; all of them have all examples.
  package var processes: any ProcessGroup = SingleProcess()

  /// Examples; throws `EspalierError` if counts differ, a number is not finite or a weight is negative.
  package init(
    _ rows: Rows, targets: [Double], offsets: [Double]? = nil, weights: [Double]? = nil, intercept: Bool = false
  ) throws(EspalierError) {
    for (name, values) in [("targets", targets), ("offsets", offsets), ("weights", weights)] {
      guard let values else { continue }
      guard values.count == rows.count else {
        throw EspalierError(.data, name, "\(values.count) for \(rows.count) rows")
      }
      if let bad = values.firstIndex(where: { !$0.isFinite }) {
        throw EspalierError(.data, "\(name), row \(bad)", "\(values[bad]) is not a finite number")
      }
    }
    if let bad = weights?.firstIndex(where: { $0 < 0 }) {
      throw EspalierError(.data, "weights, row \(bad)", "\(weights![bad]) is negative")
    }
    self.rows = rows
    self.targets = targets
    self.offsets = offsets
    self.weights = weights
    hasIntercept = intercept
  }

  private init<Others: FeatureRows>(_ rows: Rows, like other: Examples<Others>, offsets: [Double]?) {
    self.rows = rows
    self.offsets = offsets
    targets = other.targets
    weights = other.weights
    hasIntercept = other.hasIntercept
    processes = other.processes
  }

  /// The same examples with other features, in as many rows.
  func replacing<Others: FeatureRows>(_ rows: Others) -> Examples<Others> {
    Examples<Others>(rows, like: self, offsets: offsets)
  }

  /// The same examples without offsets, so that predictors are linear in the coefficients.
  var withoutOffsets: Examples {
    Examples(rows, like: self, offsets: nil)
  }

  /// The number of examples.
  package var count: Int { rows.count }

  /// The number of coefficients: one for each feature, and the intercept.
  package var dimension: Int { rows.dimension + (hasIntercept ? 1 : 0) }

  /// The predictor of a row: `<a_row, x> + intercept + offset`.
  @inline(__always)
  func predictor(_ row: Int, _ x: UnsafePointer<Double>) -> Double {
    var g = rows.dot(row, x)
    if hasIntercept { g += x[rows.dimension] }
    if let offsets { g += offsets[row] }
    return g
  }

  /// The weight of a row.
  @inline(__always)
  func weight(_ row: Int) -> Double {
    weights.map { $0[row] } ?? 1
  }

  /// Throws `EspalierError` if `loss` does not accept a target.
  func validate(for loss: some Loss) throws(EspalierError) {
    guard count > 0 else { throw EspalierError(.data, "examples", "there are none") }
    guard let bad = targets.firstIndex(where: { !loss.accepts(target: $0) }) else { return }
    throw EspalierError(
      .data, "targets, row \(bad)", "\(targets[bad]) is not \(loss.targets), as the \(loss.name) loss needs")
  }
}
