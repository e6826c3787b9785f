import EspalierReports

/// A claim that i-SpaSP's accuracies exceed others by a given difference.
package struct AccuracyClaim: Sendable {
  /// The time at which accuracies are measured.
  enum Time { case pruned, finetuned }

  /// The claim in a sentence.
  let sentence: String
  /// The method that the claim is about.
  var method = ExperimentMethod.iSpaSP
  /// The method that it is compared with; `nil` for the dense network.
  let rival: ExperimentMethod?
  /// The time of measurement.
  let time: Time
  /// The smallest sufficient difference; 0 requires more than 0.
  var least = 0.0

  /// Accuracies this close count as equal: about the distance between i-SpaSP and its rivals in the paper's table.
  static let tolerance = 0.01

  /// The claims checked in every study, before its own.
  static let common = [
    AccuracyClaim(
      sentence:
        "After fine-tuning, i-SpaSP is within \(Format.fixed(tolerance * 100, decimals: 0)) point of the dense "
        + "network.",
      rival: nil, time: .finetuned, least: -tolerance),
    AccuracyClaim(
      sentence: "After fine-tuning, i-SpaSP is as accurate as greedy forward selection.", rival: .greedy,
      time: .finetuned, least: -tolerance),
    AccuracyClaim(
      sentence: "After fine-tuning, i-SpaSP is more accurate than L1 magnitude.", rival: .l1, time: .finetuned),
    AccuracyClaim(
      sentence: "After fine-tuning, i-SpaSP is more accurate than random selection.", rival: .random,
      time: .finetuned),
  ]

  /// Whether re-fitting raises the accuracy after pruning: not a claim of the paper.
  static let refit = AccuracyClaim(
    sentence: "Re-fitting raises i-SpaSP's accuracy before fine-tuning (not a claim of the paper).",
    method: .refitted, rival: .iSpaSP, time: .pruned)
}

extension PruningResults {
  /// The paper's claims, and whether they hold here.
  func verdicts(_ dense: Dense) -> [Block] {
    (AccuracyClaim.common + Study.claims + [.refit]).compactMap { verdict($0, dense) }
      + Study.furtherVerdicts(self) + [noise(dense)]
  }

  /// Holds if every difference is at least (for 0, above) the claimed one, fails if none is; `nil` if nothing can be
  /// compared.
  private func verdict(_ claim: AccuracyClaim, _ dense: Dense) -> Block? {
    func accuracy(_ outcome: Outcome?) -> Double? {
      (claim.time == .pruned ? outcome?.pruned : outcome?.finetuned)?.overall
    }
    let differences = outcomes.filter { $0.variant.method == claim.method }.compactMap { ours in
      let theirs = claim.rival.map { accuracy(outcome(Study.Variant($0, at: ours.variant.size))) }
      return accuracy(ours).flatMap { value in
        (theirs ?? dense.accuracy.overall).map { (outcome: ours, difference: value - $0) }
      }
    }
    guard !differences.isEmpty else { return nil }
    let good = differences.filter { claim.least < 0 ? $0.difference >= claim.least : $0.difference > 0 }.count
    return .verdict(
      good == differences.count ? .holds : good == 0 ? .fails : .mixed, claim: claim.sentence,
      evidence: differences.map { outcome, difference in
        let sign = difference < 0 ? "" : "+"
        let remark = claim.rival == nil ? Study.remark(outcome, dense) : ""
        return "\(outcome.variant.sizeLabel): \(sign)\(Format.fixed(difference * 100, decimals: 1)) points\(remark)"
      }.joined(separator: "; ") + ".")
  }

  /// The error of an accuracy from the choice of test samples alone.
  private func noise(_ dense: Dense) -> Block {
    let accuracy = dense.accuracy.overall
    let error = (accuracy * (1 - accuracy) / Double(max(settings.testCount, 1))).squareRoot()
    return .verdict(
      .information, claim: "Differences this small mean little.",
      evidence:
        "One standard error of an accuracy near the dense network's, on \(Format.grouped(settings.testCount)) test "
        + "samples: \(Format.fixed(error * 100, decimals: 1)) points; every network is trained once, from one seed.")
  }
}
