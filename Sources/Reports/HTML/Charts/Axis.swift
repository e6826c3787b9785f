/// An axis of a chart: what it measures and how values lie along it.
package struct Axis: Hashable, Sendable {
  /// How the values at the ticks are written.
  package enum Labels: Hashable, Sendable {
    /// As numbers.
    case numbers
    /// As percentages of one: 0.9 is `90 %`.
    case percentages
    /// As counts with an SI prefix: 3.68e9 is `3.68 G`.
    case counts
  }

  /// What is measured, with its unit: `Latency, ms`.
  package var title: String
  /// Whether equal steps add or multiply.
  package var scale: Scale.Kind
  /// The values from end to end; `nil` takes those of the data.
  package var range: ClosedRange<Double>?
  /// The values that are marked; `nil` chooses round ones.
  package var ticks: [Double]?
  /// How the values at the ticks are written.
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

  /// Whether a value has a place on the axis.
  func accepts(_ value: Double) -> Bool { value.isFinite && (scale == .linear || value > 0) }

  /// The text of a single value, where it stands alone.
  func text(of value: Double) -> String {
    switch labels {
    case .numbers: Format.number(value)
    case .percentages: value.isFinite ? Format.number(value * 100) + " %" : Format.number(value)
    case .counts: Format.count(value)
    }
  }
}
