/// A grid of values shown by colour, such as the iterations to convergence for each step size and momentum.
package struct HeatMap: Hashable, Sendable {
  /// The heading.
  package var title: String
  /// One or two sentences on how to read the map.
  package var caption: String?
  /// The horizontal axis.
  package var x: Axis
  /// The vertical axis; values increase upwards.
  package var y: Axis
  /// The values of the columns, increasing.
  package var columns: [Double]
  /// The values of the rows, increasing.
  package var rows: [Double]
  /// The values, `values[row][column]`; non-finite ones are shown as missing.
  package var values: [[Double]]
  /// The colour axis; maps to be compared need the same range.
  package var color: Axis
  /// The meaning of a missing value: `diverged`.
  package var missing: String

  /// Makes a map; `values` has as many rows as `rows`, each as long as `columns`.
  package init(
    _ title: String, x: Axis, columns: [Double], y: Axis, rows: [Double], values: [[Double]], color: Axis,
    missing: String = "no value", caption: String? = nil
  ) {
    precondition(
      values.count == rows.count && values.allSatisfy { $0.count == columns.count },
      "a map needs a value for each of \(rows.count) rows and \(columns.count) columns")
    self.title = title
    self.x = x
    self.columns = columns
    self.y = y
    self.rows = rows
    self.values = values
    self.color = color
    self.missing = missing
    self.caption = caption
  }
}
