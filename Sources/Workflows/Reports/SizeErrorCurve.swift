import EspalierReports

/// The error at the network's output as a function of how many units of one group are kept, all other groups whole.
package struct SizeErrorCurve: Hashable, Sendable {
  /// A size that was measured.
  package struct Point: Hashable, Sendable {
    /// The number of units kept.
    package let size: Int
    /// The error.
    package let error: Double

    /// A measurement.
    package init(size: Int, error: Double) {
      self.size = size
      self.error = error
    }
  }

  /// The group.
  package let group: String
  /// The number of its units.
  package let units: Int
  /// The sizes measured, in any order.
  package let points: [Point]

  /// The curve of a group of so many units.
  package init(group: String, units: Int, points: [Point]) {
    self.group = group
    self.units = units
    self.points = points.sorted { $0.size < $1.size }
  }

  /// More curves cannot be told apart in one chart.
  private static let most = 8

  /// The curves as a chart, those whose errors are largest where they are many.
  package static func chart(_ curves: [SizeErrorCurve], title: String = "Size and error, group by group") -> Chart {
    let worst = curves.enumerated().sorted { ($1.element.worst, $0.offset) < ($0.element.worst, $1.offset) }
    let shown = worst.prefix(most).map(\.offset).sorted().map { curves[$0] }
    let rest = curves.count > shown.count ? " Of \(curves.count) groups, the \(shown.count) most sensitive." : ""
    return Chart(
      title, x: Axis("units kept", labels: .percentages), y: Axis("relative error of the output"),
      series: shown.map { curve in
        Series(
          curve.group,
          curve.points.map { EspalierReports.Point(Double($0.size) / Double(max(curve.units, 1)), $0.error) })
      }, caption: "What one group alone does to the output as it gets smaller; steep curves want to stay wide." + rest)
  }

  private var worst: Double { points.map(\.error).max() ?? 0 }
}
