import EspalierReports

extension DampedProof {
  /// The claims on damped momentum.
  package var claims: [JudgedClaim] { [proofHolds, dampingIsNeeded] }

  private var proofHolds: JudgedClaim {
    let proven = rows.filter(\.isProven)
    let text = "Damped joint SPPAM converges at the proven rate where convergence is proven."
    guard !proven.isEmpty else { return .leftOpen(text, because: "No step size meets (1 − ρ)(1 + 2b)² < 1.") }
    let broken = proven.filter { $0.damped > $0.bound }
    return JudgedClaim(
      text: text, verdict: broken.isEmpty ? .holds : .fails,
      evidence: "Proven for \(proven.count) of \(rows.count) step sizes, from η = "
        + "\(Format.number(proven.map(\.step).min()!)) on, and within the bound in \(proven.count - broken.count); "
        + "it converges in \(rows.count { $0.damped < 1 }) of \(rows.count).")
  }

  private var dampingIsNeeded: JudgedClaim {
    let diverged = rows.filter { $0.published >= 1 }
    let saved = diverged.count { $0.damped < 1 }
    let text = "Damping keeps long joint steps convergent where undamped momentum diverges."
    guard !diverged.isEmpty else { return .leftOpen(text, because: "Undamped momentum diverges at no step size.") }
    return JudgedClaim(
      text: text, verdict: Verdict(saved, of: diverged.count),
      evidence: "Undamped momentum diverges for \(diverged.count) of \(rows.count) step sizes, damped for "
        + "\(diverged.count - saved) of these.")
  }

  /// Bounds and rates.
  package var table: Table {
    Table(
      [
        .numbers("η"), .numbers("ρ"), .numbers("b"), "proven", .numbers("bound"), .numbers("damped SPPAM"),
        .numbers("SPPAM"), .numbers("SPPA"),
      ],
      rows: rows.map { row in
        [Cell(Format.number(row.step)), Cell(Format.number(row.averageContraction, digits: 3))]
          + [Cell(Format.number(row.momentum, digits: 3)), Cell(row.isProven ? "yes" : "no")]
          + [row.bound, row.damped, row.published, row.plain].map {
            Cell($0.isFinite ? Format.number($0, digits: 3) : "✕")
          }
      },
      caption: "Rates of squared distances per step for joint batches of 3 in 6 dimensions, momentum 0.9; ✕: diverged. "
        + "ρ is the smallest eigenvalue of E[I − M], b the largest damped momentum.")
  }
}
