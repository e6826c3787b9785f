import EspalierProximalPoint
import EspalierReports

extension ConstantSensitivity {
  /// The claims on wrong constants.
  package var claims: [JudgedClaim] { [momentumMethodDiverges, proximalConverges, proximalKeepsItsRate] }

  private func rows(_ method: QuadraticMethod) -> [Row] { rows.filter { $0.method == method } }

  private var momentumMethodDiverges: JudgedClaim {
    let diverged = rows(.gradientDescentWithMomentum).filter { $0.rate >= 1 }
    return JudgedClaim(
      .momentumMethodDiverges, diverged.isEmpty ? .fails : .holds,
      evidence: "The heavy ball diverges for \(words(diverged)) of the true ones.")
  }

  private var proximalConverges: JudgedClaim {
    let diverged = rows(.proximalPointWithMomentum).filter { $0.rate >= 1 }
    return JudgedClaim(
      .convergesForAnyConstants, diverged.isEmpty ? .holds : .fails,
      evidence: diverged.isEmpty
        ? "For all \(rows(.proximalPointWithMomentum).count) assumptions; its step needs no L." : words(diverged))
  }

  private var proximalKeepsItsRate: JudgedClaim {
    func slowest(_ method: QuadraticMethod) -> Double { rows(method).map(\.rate).max()! }
    let right = rows(.proximalPointWithMomentum).filter { $0.factor == 1 }.map(\.rate).max()!
    let (own, plain) = (slowest(.proximalPointWithMomentum), slowest(.proximalPoint))
    return JudgedClaim(
      .keepsItsRate, own < plain ? .holds : .fails,
      evidence: "SPPAM's slowest rate is \(Format.number(own, digits: 3)) (with the right constants "
        + "\(Format.number(right, digits: 3))), SPPA's \(Format.number(plain, digits: 3)).")
  }

  private func words(_ rows: [Row]) -> String {
    rows.isEmpty
      ? "none" : rows.map { "\($0.constant.rawValue) assumed \(Format.number($0.factor))×" }.joined(separator: ", ")
  }

  /// Rates by method and misjudgement.
  package var table: Table {
    Table(
      ["Method", "Wrong"] + Self.factors.map { .numbers("\(Format.number($0))×") },
      rows: Self.methods.flatMap { method in
        Constant.allCases.map { constant in
          let cells = rows(method).filter { $0.constant == constant }.map { row in
            row.rate >= 1
              ? Cell("✕")
              : Cell("\(Format.fixed(row.rate, decimals: 3)) (\(Format.number(row.neighbourhood ?? .nan, digits: 2)))")
          }
          return [Cell(method.title), Cell(constant.rawValue)] + cells
        }
      },
      caption: "Rates of squared distances per step, and in brackets the neighbourhood under noise of variance 1, by "
        + "the assumed constant as a multiple of the true one; ✕: diverges. κ = 100.")
  }
}
