import EspalierTensors

extension RecurrentLayer {
  /// The reason for which an axis of directions is frozen.
  static let holdsDirections = "has its directions there"

  /// The rule of everything but the input's numbers: hidden unit j owns row j of each gate in R and B, its column of R,
  /// and its states; samples are tied. Steps and directions are frozen.
  ///
  /// Without a hidden unit, the others must be as if it had never been: the axes of units count as normalised.
  ///
  /// - Parameter outputs: The number of outputs that are used.
  func rule(outputs count: Int) -> AxisRule {
    let all = PortAxis(.output(0), 3)
    let r = Port.input(recurrence)
    let gates = cell.gates
    var rule = AxisRule(ties: [
      AxisTie(all, PortAxis(r, 1), repetitions: gates, period: units), AxisTie(all, PortAxis(r, 2)),
    ])
    if let bias {
      rule.ties.append(AxisTie(all, PortAxis(.input(bias), 1), repetitions: 2 * gates, period: units))
    }
    if let peepholes {
      rule.ties.append(AxisTie(all, PortAxis(.input(peepholes), 1), repetitions: 3, period: units))
    }
    let last = (1..<max(count, 1)).map { Port.output($0) }
    let states = last + [initialState, initialMemory].compactMap { $0.map { Port.input($0) } }
    rule.ties += states.map { AxisTie(all, PortAxis($0, 2)) }
    rule.normalized = ([all] + last.map { PortAxis($0, 2) })
    let (samples, sampleOfStates) = isBatchFirst ? (0, 0) : (2, 1)
    rule.ties.append(AxisTie(PortAxis(.input(0), isBatchFirst ? 0 : 1), PortAxis(.output(0), samples)))
    rule.ties += states.map { AxisTie(PortAxis($0, sampleOfStates), PortAxis(.output(0), samples)) }
    if let lengths { rule.ties.append(AxisTie(PortAxis(.input(lengths), 0), PortAxis(.output(0), samples))) }
    let reason = "goes along it step by step"
    rule.frozen = [
      FrozenAxis(PortAxis(.input(0), isBatchFirst ? 1 : 0), reason),
      FrozenAxis(PortAxis(.output(0), isBatchFirst ? 1 : 0), reason),
    ]
    let directions =
      [PortAxis(.output(0), isBatchFirst ? 2 : 1), PortAxis(r, 0)]
      + [bias, peepholes].compactMap { $0.map { PortAxis(.input($0), 0) } }
      + states.map { PortAxis($0, isBatchFirst ? 1 : 0) }
    rule.frozen += directions.map { FrozenAxis($0, Self.holdsDirections) }
    return rule
  }
}
