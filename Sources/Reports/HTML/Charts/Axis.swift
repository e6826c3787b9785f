/// An axis of a chart: its quantity, scale and labels.
package struct Axis: Hashable, Sendable {
  /// The format of tick labels.
  package enum Labels: Hashable, Sendable {
    /// As numbers.
    case numbers
    /// As percentages of 1: 0.9 is `90 %`.
    case percentages
    /// As counts with an SI prefix: 3.68e9 is `3.68 G`.
    case counts
  }

  /// The quantity, with its unit: `Latency, ms`.
  package var title: String
  /// Whether the scale is linear or logarithmic.
  package var scale: Scale.Kind
  /// The range of values; `nil` for that of the data.
  package var range: ClosedRange<Double>?
  /// The tick values; `nil` for round ones.
  package var ticks: [Double]?
  /// The format of tick labels.
  package var labels: Labels

  /// Makes an axis.
  package init(
    _ title: String, _ scale: Scale.Kind = .linear, range: ClosedRange<Double>? = nil, ticks: [Double]? = nil,
    labels: Labels = .numbers
  ) {
    self.title = title
    self.scale = scale
    self.range = range
    self.ticks = ticks
    self.labels = labels
  }

  /// Whether a value has a position on the axis.
  func accepts(_ value: Double) -> Bool { value.isFinite && (scale == .linear || value > 0) }

  /// The text of a single value outside the axis.
  func text(of value: Double) -> String {
    switch labels {
    case .numbers: Format.number(value)
    case .percentages: value.isFinite ? Format.number(value * 100) + " %" : Format.number(value)
    case .counts: Format.count(value)
    }
  }
}
