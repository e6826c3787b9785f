import EspalierProximalPoint
import EspalierReports

extension ContractionFactors {
  /// The claims of the paper on contraction.
  package var claims: [JudgedClaim] { [boundHolds, boundPredicts, momentumImprovesTheFactor, momentumIsFaster] }

  private var boundHolds: JudgedClaim {
    let largest = rows.map(\.tightness).max()!
    return JudgedClaim(
      .boundHolds, largest <= 1 + 1e-12 ? .holds : .fails,
      evidence: "At most \(Format.percent(largest)) of the bound in \(rows.count) pairs of ημ and β.")
  }

  private var boundPredicts: JudgedClaim {
    let vacuous = rows.count { $0.bound >= 1 }
    let ratios = rows.filter { $0.bound < 1 }.map { $0.bound / $0.measured }
    return JudgedClaim(
      .boundPredicts, vacuous == 0 && ratios.max()! < 2 ? .holds : .fails,
      evidence: "\(vacuous) of \(rows.count) factors are at least 1 and promise nothing, where the method converges; "
        + "the others are \(Format.times(ratios.min()!)) to \(Format.times(ratios.max()!)) what is measured.")
  }

  private var momentumImprovesTheFactor: JudgedClaim {
    let promised = rows.filter(\.isPromised)
    let broken = promised.filter { $0.bound >= $0.publishedPlain }
    let better = rows.count { $0.bound < $0.publishedPlain }
    let truly = rows.count { $0.bound < $0.plain }
    let limits =
      "only for β < \(Format.fixed(StrongConvexityBounds.largestUsefulMomentum, decimals: 3)) and ημ > "
      + Format.fixed(StrongConvexityBounds.smallestUsefulConvexity, decimals: 2)
    return JudgedClaim(
      .momentumImprovesTheFactor, Verdict(truly, of: rows.count),
      evidence: "Against 1 / (1 + 2ημ), the paper's factor of SPPA, in \(better) of \(rows.count) pairs, \(limits); "
        + "against SPPA's own 1 / (1 + ημ)² in \(truly). The condition as printed promises it in \(promised.count) "
        + "and errs in \(broken.count).")
  }

  private var momentumIsFaster: JudgedClaim {
    func isFaster(_ row: Row) -> Bool { row.measured < row.measuredPlain * (1 - 1e-9) }
    let faster = rows.filter(isFaster)
    let short = rows.filter { $0.momentum < 1 / (1 + $0.scaledConvexity) }
    return JudgedClaim(
      .momentumIsFaster, Verdict(faster.count, of: rows.count),
      evidence: "In \(faster.count) of \(rows.count) pairs, \(short.count(where: isFaster)) of them among the "
        + "\(short.count) with β < 1 / (1 + ημ): short steps. Beyond, a proximal step is all that is needed.")
  }

  /// The factors.
  package var table: Table {
    Table(
      [
        .numbers("ημ"), .numbers("β"), .numbers("SPPAM, bound"), .numbers("SPPAM, measured"),
        .numbers("SPPA, paper"), .numbers("SPPA, 1/(1+ημ)²"), .numbers("SPPA, measured"), "Corollary 7",
      ],
      rows: rows.map { row in
        [
          Cell(Format.number(row.scaledConvexity)), Cell(Format.number(row.momentum)),
        ]
          + [row.bound, row.measured, row.publishedPlain, row.plain, row.measuredPlain].map {
            Cell(Format.number($0, digits: 3))
          }
          + [Cell(row.isPromised ? row.isBetter ? "promises, keeps" : "promises, breaks" : "promises nothing")]
      },
      caption: "Factors of squared distances per step; κ = 10. Above 1 a bound promises nothing.")
  }
}
