import EspalierLinearAlgebra

extension SelectionProblem {
  /// With so many rows for each row of H, any small ridge will do.
  private static let plenty = 20

  /// The problem as the re-fit will see it: each layer with the weights that reproduce its target best while all units
  /// are there, and with the ridge that suits it.
  ///
  /// With W* these weights, `|| T - W H ||^2 + lambda || W - W_0 ||^2` differs from the same about `W* H` by a
  /// constant, so a method that chooses units for W* chooses for the target. The ridge is chosen for the `count` units
  /// that contribute most. Complexity: that of a re-fit of each layer that is changed.
  func anticipatingRefit(keeping count: Int, ridge: Ridge) -> SelectionProblem {
    guard let interaction, count < unitCount else { return self }
    let likely = Set((0..<unitCount).largest(count, by: interaction.diagonal))
    let anticipated = consumers.map { $0.anticipatingRefit(keeping: likely, ridge: ridge, plenty: Self.plenty) }
    guard anticipated.contains(where: { $0 != nil }) else { return self }
    var problem = SelectionProblem(
      unitCount: unitCount, consumers: zip(anticipated, consumers).map { $0 ?? $1 }, producerWeights: producerWeights)
    problem.traits = traits
    return problem
  }
}

extension SelectionProblem.Consumer {
  /// The layer as its re-fit will see it; `nil` if that is as it is.
  fileprivate func anticipatingRefit(keeping likely: Set<Int>, ridge: Ridge, plenty: Int) -> Self? {
    guard statistics.gram != nil else { return nil }
    let isScarce = ridge.isChosenByFolds && statistics.count < plenty * statistics.rows
    guard isScarce || statistics.target != nil else { return nil }
    var result = self
    // Channels that another group has lost have zero weights, and keep them.
    let rows = (0..<weight.columns).filter { row in (0..<weight.rows).contains { weight[$0, row] != 0 } }
    if isScarce {
      let dropped = Set(self.rows.indices.filter { !likely.contains($0) }.flatMap { self.rows[$0] })
      let fit = SupportFit(self, rows: rows.filter { !dropped.contains($0) }, ridge: ridge, isRough: true)
      if let strength = fit?.strength { result = result.with(ridgeStrength: strength) }
    }
    if statistics.target != nil {
      let fit = SupportFit(self, rows: rows, ridge: Ridge(result.ridgeStrength ?? ridge.strength))
      if let new = fit?.extended(from: self) { result = result.with(weight: new.weight, bias: new.bias) }
    }
    return result
  }
}
