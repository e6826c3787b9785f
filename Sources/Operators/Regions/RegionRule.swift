extension AxisRule {
  /// The rule of an operator that takes regions out of maps: channels are tied to those of the result, regions to what
  /// it has along its first axis.
  ///
  /// - Parameter listings: The inputs with one entry for each region along their first axis.
  static func regions(listings: [Int]) -> AxisRule {
    let places = [0, 2, 3].map { PortAxis(.input(0), $0) } + [2, 3].map { PortAxis(.output(0), $0) }
    return AxisRule(
      ties: [AxisTie(PortAxis(.input(0), 1), PortAxis(.output(0), 1))]
        + listings.map { AxisTie(PortAxis(.input($0), 0), PortAxis(.output(0), 0)) },
      frozen: (places + [PortAxis(.input(1), 1)]).map { FrozenAxis($0, "takes regions out of it") })
  }
}
