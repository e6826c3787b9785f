import EspalierPruning
import EspalierReports

extension PruningReport {
  private var theories: [(id: String, theory: GroupTheory)] {
    result.groups.compactMap { entry in entry.theory.map { (entry.group.id, $0) } }
  }

  /// What the theory of i-SpaSP promises for each group, and what came out; `nil` if it was not asked for.
  package var theoryTable: Table? {
    guard !theories.isEmpty else { return nil }
    return Table(
      [
        "Group", .numbers("kept"), .numbers("p"), .numbers("R² of p"), .numbers("weak-lp constant"),
        .numbers("isometry constant"), "known", .numbers("bound"), .numbers("i-SpaSP"), .numbers("largest units"),
        .numbers("found"),
      ],
      rows: theories.map { id, theory in
        let law = theory.compressibility
        return [
          Cell(id), .count(theory.kept), Self.number(law?.exponent), Self.number(law?.determination),
          Self.number(law?.constant), Cell(Self.range(theory.isometry)), Cell(Self.knowledge(theory.isometry)),
          Self.number(theory.relativeBound), Self.number(theory.relativeResidual),
          Self.number(theory.relative(theory.largestResidual)), .percent(theory.foundShare),
        ]
      },
      caption: "Residuals, all with unchanged weights, are relative to that of keeping no unit: the bound of the "
        + "theorem, what i-SpaSP leaves, and what the s largest units leave, of which it finds a share. The constant "
        + "is of order min(3s, units).")
  }

  /// A sentence for each group, and one for all; empty if the theory was not asked for.
  package var theorySentences: [String] {
    guard !theories.isEmpty else { return [] }
    let count = theories.count { $0.theory.verdict == .promises }
    let all =
      count == theories.count
      ? "The two-layer theorem of i-SpaSP says something of every group."
      : "The two-layer theorem of i-SpaSP says something of \(count) of \(theories.count) groups, nothing of others."
    return theories.map { "\($0.id): \($0.theory.sentence)" } + [all]
  }

  /// The section of the page; `nil` if the theory was not asked for.
  var theorySection: Section? {
    guard let theoryTable else { return nil }
    let verdicts = theories.map { id, theory in
      Block.verdict(
        theory.verdict == .promises ? .holds : .information, claim: "\(id): \(Self.claim(theory.verdict))",
        evidence: theory.sentence)
    }
    return Section("Theory", [.table(theoryTable)] + verdicts)
  }

  private static func claim(_ verdict: GroupTheory.Verdict) -> String {
    switch verdict {
    case .promises: "the theorem bounds the residual."
    case .vacuous, .notIsometric: "the theorem promises nothing."
    case .undecided: "it is not known whether the theorem promises anything."
    }
  }

  private static func range(_ isometry: RestrictedIsometry) -> String {
    let (lower, upper) = (Format.number(isometry.lower, digits: 3), Format.number(isometry.upper, digits: 3))
    return isometry.isExact ? lower : isometry.upper.isFinite ? "\(lower) to \(upper)" : "at least \(lower)"
  }

  private static func knowledge(_ isometry: RestrictedIsometry) -> String {
    switch isometry.knowledge {
    case .enumerated: "exactly, by all sets"
    case .dependent: "exactly, more columns than outputs"
    case .bounded: "sampled below, bounded above"
    }
  }

  private static func number(_ value: Double?) -> Cell {
    value.map { $0.isFinite ? .number($0, digits: 3) : Cell("∞", value: $0) } ?? "–"
  }
}
