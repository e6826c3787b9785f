import EspalierReports

extension NeighbourhoodTrade {
  /// The claims on speed and neighbourhood.
  package var claims: [JudgedClaim] { [formulaHolds, isFaster, isNotLarger, isFasterAtEqualSize] }

  private var formulaHolds: JudgedClaim {
    let errors = rows.map { abs($0.measured / $0.neighbourhood - 1) }
    return JudgedClaim(
      text: "The neighbourhood has the size that the formula gives.",
      verdict: errors.max()! < 0.2 ? .holds : .fails,
      evidence: "Measured and computed differ by at most \(Format.percent(errors.max()!)).")
  }

  private var isFaster: JudgedClaim {
    let faster = rows.count { $0.steps < $0.plainSteps }
    let ratios = rows.map { Double($0.plainSteps) / Double($0.steps) }
    return JudgedClaim(
      .fasterToANeighbourhood, Verdict(faster, of: rows.count),
      evidence: "In \(faster) of \(rows.count) pairs; SPPA takes \(Format.times(ratios.min()!)) to "
        + "\(Format.times(ratios.max()!)) as many steps.")
  }

  private var isNotLarger: JudgedClaim {
    let largest = rows.max { $0.growth < $1.growth }!
    return JudgedClaim(
      text: "The neighbourhood of SPPAM is no larger than SPPA's with the same step size.",
      verdict: largest.growth <= 1.01 ? .holds : .fails,
      evidence: "Up to \(Format.times(largest.growth)) as large, with ημ = \(Format.number(largest.scaledConvexity)) "
        + "and β = \(Format.number(largest.momentum)); 1 / (1 − β) is the limit for short steps.")
  }

  private var isFasterAtEqualSize: JudgedClaim {
    let comparable = rows.compactMap { row in
      row.stepsOfEqualNeighbourhood.map { (plain: $0, own: row.steps) }
    }
    let text = "SPPAM is faster than SPPA whose step is so long that their neighbourhoods are equal."
    guard !comparable.isEmpty else {
      return .leftOpen(text, because: "No step size gives SPPA so large a neighbourhood.")
    }
    let faster = comparable.count { $0.own < $0.plain }
    let ratios = comparable.map { Double($0.plain) / Double($0.own) }
    return JudgedClaim(
      text: text, verdict: Verdict(faster, of: comparable.count),
      evidence: "In \(faster) of \(comparable.count) pairs that can be compared; that SPPA takes "
        + "\(Format.times(ratios.min()!)) to \(Format.times(ratios.max()!)) as many steps.")
  }

  /// Speeds and sizes.
  package var table: Table {
    Table(
      [
        .numbers("ημ"), .numbers("β"), .numbers("neighbourhood"), .numbers("measured"), .numbers("of SPPA's"),
        .numbers("paper's bound"), .numbers("steps"), .numbers("SPPA, same η"), .numbers("SPPA, same size"),
      ],
      rows: rows.map { row in
        [
          Cell(Format.number(row.scaledConvexity)), Cell(Format.number(row.momentum)),
          Cell(Format.number(row.neighbourhood, digits: 3)), Cell(Format.number(row.measured, digits: 3)),
          Cell(Format.times(row.growth)), Cell(row.bound.map { Format.number($0, digits: 3) } ?? "–"),
          Cell(Format.grouped(row.steps)), Cell(Format.grouped(row.plainSteps)),
          Cell(row.stepsOfEqualNeighbourhood.map(Format.grouped) ?? "–"),
        ]
      },
      caption: "E‖x − x*‖² in the end for noise of variance 1 in each of 20 coordinates, κ = 10, and steps from a "
        + "distance of 100 in each until it is within twice that; –: there is none.")
  }
}
