import Pruning
import Reports

extension EncoderResults {
  /// Accuracies this close are called equal.
  static let tolerance = 0.01

  /// The paper's claims, and whether they hold here.
  func verdicts(_ dense: Dense) -> [Block] {
    [
      verdict(
        "After fine-tuning, i-SpaSP is within 1 point of the dense network.",
        outcomes.filter { $0.what.method == .iSpaSP }.compactMap { outcome in
          outcome.finetuned.map { (outcome.what, $0.overall - dense.accuracy.overall) }
        }, least: -Self.tolerance),
      comparison(
        .greedy, "After fine-tuning, i-SpaSP is as accurate as greedy forward selection.", least: -Self.tolerance
      ) { $0.finetuned?.overall },
      comparison(.l1, "After fine-tuning, i-SpaSP is more accurate than L1 magnitude.") { $0.finetuned?.overall },
      comparison(.random, "After fine-tuning, i-SpaSP is more accurate than random selection.") {
        $0.finetuned?.overall
      },
      comparison(.random, "Right after pruning, i-SpaSP is more accurate than random selection.") { $0.pruned.overall },
      comparison(
        .iSpaSP, of: .refitted, "Re-fitting raises i-SpaSP's accuracy before fine-tuning (not a claim of the paper)."
      ) { $0.pruned.overall },
      noise(dense),
    ].compactMap { $0 }
  }

  private func comparison(
    _ other: ExperimentMethod, of method: ExperimentMethod = .iSpaSP, _ claim: String, least: Double = 0,
    _ accuracy: (Outcome) -> Double?
  ) -> Block? {
    verdict(
      claim,
      outcomes.filter { $0.what.method == method }.compactMap { outcome in
        let what = outcome.what
        guard let ours = accuracy(outcome),
          let theirs = self.outcome(.init(scope: what.scope, method: other, fraction: what.fraction)).flatMap(accuracy)
        else { return nil }
        return (what, ours - theirs)
      }, least: least)
  }

  /// How far an accuracy may be off by the choice of test samples alone.
  private func noise(_ dense: Dense) -> Block {
    let accuracy = dense.accuracy.overall
    let error = (accuracy * (1 - accuracy) / Double(max(settings.testCount, 1))).squareRoot()
    return .verdict(
      .information, claim: "Differences this small mean little.",
      evidence:
        "One standard error of an accuracy near the dense network's, on \(Format.grouped(settings.testCount)) test "
        + "samples: \(Format.fixed(error * 100, decimals: 1)) points; every network is trained once, from one seed.")
  }

  /// Holds where every difference is at least (above, for 0) `least`, fails where none is.
  private func verdict(_ claim: String, _ differences: [(what: Case, difference: Double)], least: Double) -> Block? {
    guard !differences.isEmpty else { return nil }
    let good = differences.filter { least < 0 ? $0.difference >= least : $0.difference > 0 }.count
    return .verdict(
      good == differences.count ? .holds : good == 0 ? .fails : .mixed, claim: claim,
      evidence: differences.map { entry in
        let sign = entry.difference < 0 ? "" : "+"
        let points = Format.fixed(entry.difference * 100, decimals: 1)
        return "\(entry.what.scope.rawValue) at \(entry.what.fraction): \(sign)\(points) points"
      }.joined(separator: "; ") + ".")
  }
}
