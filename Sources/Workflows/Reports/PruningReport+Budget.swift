import EspalierPruning
import EspalierReports

extension PruningReport {
  /// What became of the budgets, in sentences.
  package var budgetSentences: [String] {
    guard let budget else { return [] }
    let reached = budget.entries.map { entry in
      guard let reached = entry.reached else {
        return "\(Format.percent(latencyRatio)) of the dense network's latency (\(Format.percent(entry.asked)) allowed)"
      }
      return "\(Format.grouped(Int(reached))) of \(Format.grouped(Int(entry.asked))) \(entry.kind)"
    }
    let spent = reached.isEmpty ? [] : ["The budget is used to \(reached.joined(separator: ", "))."]
    let search = budget.prunings.map { ["It is the smallest of \($0) prunings that keeps what is asked for."] } ?? []
    let caution =
      budget.isHeldOut
      ? ["The inputs held out have decided the widths, so what is measured on them may be a little too good."] : []
    return spent + [choice(of: budget)].compactMap { $0 } + search + caution
  }

  /// Which widths were kept, and how those of the same cost compare.
  private func choice(of budget: BudgetOutcome) -> String? {
    guard let kept = budget.choices.first else { return nil }
    let others = budget.choices.dropFirst().map { "\($0.rule.title): \(Format.number($0.divergence, digits: 3))" }
    return "Kept are \(kept.rule.title): divergence \(Format.number(kept.divergence, digits: 3)) at the outputs on "
      + (budget.isHeldOut ? "inputs held out" : "the calibration inputs, as none could be held out")
      + (others.isEmpty ? "." : " (\(others.joined(separator: ", "))).")
  }

  /// The median time of the pruned network over that of the dense one, as measured last.
  private var latencyRatio: Double { latency.after.median / latency.before.median }

  /// Budgets that are not used up, and a latency that was measured to be above its budget.
  var budgetWarnings: [String] {
    guard let budget else { return [] }
    let limits = budget.entries.filter { $0.reached == nil }.map(\.asked)
    let slow = limits.filter { latencyRatio > $0 / Budget.tolerance }.map { limit in
      "the budget latency=\(Format.number(limit)) is not met in the last measurement: "
        + "\(Format.number(latencyRatio, digits: 3)) of the dense network's time; times vary with what else the "
        + "machine does"
    }
    return budget.warnings + slow
  }
}
