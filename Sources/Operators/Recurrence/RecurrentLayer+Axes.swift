import EspalierTensors

extension RecurrentLayer {
  /// The reason for which an axis of directions is frozen.
  static let holdsDirections = "has its directions there"

  /// The axis of hidden units to which all others are tied: the columns of R.
  var unitAxis: PortAxis { PortAxis(.input(recurrence), 2) }

  /// The rule of everything but the input's numbers: hidden unit j owns row j of each gate in R and B, its column of R,
  /// and its states; samples are tied. Steps and directions are frozen.
  ///
  /// Without a hidden unit, the others must be as if it had never been: the axes of units count as normalised.
  var rule: AxisRule {
    let r = Port.input(recurrence)
    let gates = cell.gates
    var rule = AxisRule(ties: [AxisTie(unitAxis, PortAxis(r, 1), repetitions: gates, period: units)])
    if let bias {
      rule.ties.append(AxisTie(unitAxis, PortAxis(.input(bias), 1), repetitions: 2 * gates, period: units))
    }
    if let peepholes {
      rule.ties.append(AxisTie(unitAxis, PortAxis(.input(peepholes), 1), repetitions: 3, period: units))
    }
    let all = used.filter { $0 == 0 }.map { Port.output($0) }
    let last = used.filter { $0 > 0 }.map { Port.output($0) }
    let states = last + [initialState, initialMemory].compactMap { $0.map { Port.input($0) } }
    let unitsOfOutputs = all.map { PortAxis($0, 3) } + last.map { PortAxis($0, 2) }
    rule.ties += unitsOfOutputs.map { AxisTie(unitAxis, $0) }
    rule.ties += states.dropFirst(last.count).map { AxisTie(unitAxis, PortAxis($0, 2)) }
    rule.normalized = unitsOfOutputs
    let (step, sample) = isBatchFirst ? (1, 0) : (0, 1)
    let samples = PortAxis(.input(0), sample)
    rule.ties += all.map { AxisTie(samples, PortAxis($0, isBatchFirst ? 0 : 2)) }
    rule.ties += states.map { AxisTie(samples, PortAxis($0, sample)) }
    if let lengths { rule.ties.append(AxisTie(samples, PortAxis(.input(lengths), 0))) }
    rule.frozen = ([.input(0)] + all).map { FrozenAxis(PortAxis($0, step), "goes along it step by step") }
    let directions =
      all.map { PortAxis($0, isBatchFirst ? 2 : 1) } + [PortAxis(r, 0)]
      + [bias, peepholes].compactMap { $0.map { PortAxis(.input($0), 0) } }
      + states.map { PortAxis($0, isBatchFirst ? 1 : 0) }
    rule.frozen += directions.map { FrozenAxis($0, Self.holdsDirections) }
    return rule
  }
}
