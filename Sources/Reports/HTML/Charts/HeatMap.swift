/// A grid of values shown by colour, such as the iterations to convergence for each step size and momentum.
public struct HeatMap: Hashable, Sendable {
  /// What the map shows, as a heading.
  public var title: String
  /// One or two sentences that say how to read it.
  public var caption: String?
  /// The horizontal axis.
  public var x: Axis
  /// The vertical axis; its values grow upwards.
  public var y: Axis
  /// The values of the columns, increasing.
  public var columns: [Double]
  /// The values of the rows, increasing.
  public var rows: [Double]
  /// The values, `values[row][column]`; those that are not finite are shown as missing.
  public var values: [[Double]]
  /// The axis of colour; maps to be compared need the same range.
  public var color: Axis
  /// What a missing value means: `diverged`.
  public var missing: String

  /// Makes a map; `values` has as many rows as `rows`, each as long as `columns`.
  public init(
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
