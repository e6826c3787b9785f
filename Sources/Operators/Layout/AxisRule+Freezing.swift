extension AxisRule {
  /// Freezes an axis of the first input and of the first output.
  mutating func freeze(_ axis: Int, _ reason: String) {
    frozen += [Port.input(0), .output(0)].map { FrozenAxis(PortAxis($0, axis), reason) }
  }
}
