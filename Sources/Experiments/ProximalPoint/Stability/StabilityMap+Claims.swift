import EspalierReports

extension StabilityMap {
  /// The claims on the width of the region of convergence.
  package var claims: [JudgedClaim] {
    Order.allCases.map { isWider(.averaged, $0) } + [
      isWider(.joint, .drawn), isWider(.damped, .drawn), orderIsHarmless,
    ]
  }

  /// The claim that a family is wider than SGDM: of the averaged form, which the paper describes, its own.
  static func isWiderThanSGDM(_ family: Family, _ order: Order) -> Claim {
    let name =
      switch family {
      case .gradient, .averaged: "SPPAM"
      case .joint: "joint SPPAM"
      case .damped: "damped joint SPPAM"
      }
    let words = order == .drawn ? "on drawn batches" : order == .shuffled ? "in shuffled epochs" : "in cyclic epochs"
    return Claim(
      family == .averaged ? .stability : nil,
      "The region of step sizes and momenta in which \(name) is stable is wider than SGDM's, \(words).")
  }

  /// Whether a family is wider than SGDM on every problem, counted in stable cells; reached cells stand beside.
  private func isWider(_ family: Family, _ order: Order) -> JudgedClaim {
    let pairs = zip(maps(family, order), maps(.gradient, order)).map { (own: $0, gradient: $1) }
    let wider = pairs.count { $0.own.stableCount > $0.gradient.stableCount }
    let narrower = pairs.count { $0.own.stableCount < $0.gradient.stableCount }
    let counts = pairs.map { pair in
      "\(RobustnessExperiment.title(pair.own.problem, pair.own.conditionNumber)): \(pair.own.stableCount) against "
        + "\(pair.gradient.stableCount) (reached: \(pair.own.reachedCount) against \(pair.gradient.reachedCount))"
    }
    return JudgedClaim(
      Self.isWiderThanSGDM(family, order), wider == pairs.count ? .holds : wider > narrower ? .mixed : .fails,
      condition: "on \(wider) of \(pairs.count) problems; on \(narrower) SGDM's is wider",
      evidence: "Stable cells of \(cellCount): " + counts.joined(separator: "; ") + ".")
  }

  /// Whether results on drawn batches differ from those in shuffled epochs.
  private var orderIsHarmless: JudgedClaim {
    var (differing, total) = (0, 0)
    for family in Family.allCases {
      for (drawn, shuffled) in zip(maps(family, .drawn), maps(family, .shuffled)) {
        for (a, b) in zip(drawn.cells.joined(), shuffled.cells.joined()) {
          total += 1
          if a.isStable != b.isStable { differing += 1 }
        }
      }
    }
    let share = Double(differing) / Double(total)
    return JudgedClaim(
      text: "Shuffled epochs, which theory does not cover, are stable exactly where drawn batches are.",
      verdict: differing == 0 ? .holds : share < 0.05 ? .mixed : .fails,
      evidence: "\(differing) of \(Format.grouped(total)) cells differ.")
  }
}
