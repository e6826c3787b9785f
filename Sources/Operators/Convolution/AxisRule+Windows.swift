extension AxisRule {
  /// Keeps the parts of `axes` of equal sizes, where there are several.
  mutating func balance(_ axes: [PortAxis], parts: Int) {
    if parts > 1 { balanced += axes.map { BalancedAxis($0, parts: parts) } }
  }

  /// Why an axis that windows slide over stays whole.
  static let slides = "slides a window over it"

  /// How the spatial axes, those from axis 2 on, of `source` and `result` depend on each other: not at all where
  /// windows slide over them, so that they stay whole; each goes with itself where a window is a single input.
  static func windows(_ windows: Windows, from source: Port, to result: Port) -> AxisRule {
    let axes = windows.axes.indices.map { (PortAxis(source, $0 + 2), PortAxis(result, $0 + 2)) }
    if windows.isIdentity { return AxisRule(ties: axes.map { AxisTie($0, $1) }) }
    return AxisRule(frozen: axes.flatMap { [FrozenAxis($0, slides), FrozenAxis($1, slides)] })
  }
}
