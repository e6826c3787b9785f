extension AxisRule {
  /// Keeps the `parts` of `axes` equal in size, if there are several.
  mutating func balance(_ axes: [PortAxis], parts: Int) {
    if parts > 1 { balanced += axes.map { BalancedAxis($0, parts: parts) } }
  }

  /// The reason for which an axis that windows slide over is frozen.
  static let slides = "slides a window over it"

  /// The rule of the spatial axes of `source` and `result`, those from axis 2 on: frozen if windows slide over them;
  /// tied to each other if each window is a single input.
  static func windows(_ windows: Windows, from source: Port, to result: Port) -> AxisRule {
    let axes = windows.axes.indices.map { (PortAxis(source, $0 + 2), PortAxis(result, $0 + 2)) }
    if windows.isIdentity { return AxisRule(ties: axes.map { AxisTie($0, $1) }) }
    return AxisRule(frozen: axes.flatMap { [FrozenAxis($0, slides), FrozenAxis($1, slides)] })
  }
}
