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
  /// Whether the paper makes the claim.
  var isPublished = true

  /// The claim as one of the paper at `exhibit`, or of ours.
  func claim(at exhibit: Exhibit) -> Claim { Claim(isPublished ? exhibit : nil, sentence) }

  /// The same claim about i-SpaSP with a re-fit, which no paper makes.
  fileprivate var ofRefitted: AccuracyClaim {
    let title = ExperimentMethod.refitted.title
    return AccuracyClaim(
      sentence: sentence.replacing(ExperimentMethod.iSpaSP.title, with: title), method: .refitted, rival: rival,
      time: time, least: least, isPublished: false)
  }

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
    method: .refitted, rival: .iSpaSP, time: .pruned, isPublished: false)
}

extension PruningResults {
  /// The claims as blocks, and how much an accuracy means.
  func verdicts(_ dense: Dense) -> [Block] { judgedClaims(dense).map(\.block) + [noise(dense)] }

  /// The paper's claims and ours, judged by the results so far.
  ///
  /// Where i-SpaSP itself is not among the methods and i-SpaSP with a re-fit is, claims are judged for the latter.
  package func judgedClaims(_ dense: Dense) -> [JudgedClaim] {
    let published = AccuracyClaim.common + Study.claims
    let isRefittedAlone = !methods.contains(.iSpaSP) && methods.contains(.refitted)
    let claims = isRefittedAlone ? published.map(\.ofRefitted) : published + [.refit]
    return claims.map { judge($0, dense) } + Study.furtherClaims(self)
  }

  /// Holds if every difference is at least (for 0, above) the claimed one, fails if none is.
  private func judge(_ claim: AccuracyClaim, _ dense: Dense) -> JudgedClaim {
    let judged = claim.claim(at: Study.exhibit(settings))
    if let missing = [claim.method, claim.rival].compactMap({ $0 }).first(where: { !methods.contains($0) }) {
      return .notTried(judged, because: "\(missing.title) is not among the methods")
    }
    func accuracy(_ outcome: Outcome?) -> Double? {
      (claim.time == .pruned ? outcome?.pruned : outcome?.finetuned)?.overall
    }
    let differences = outcomes.filter { $0.variant.method == claim.method }.compactMap { ours in
      let theirs = claim.rival.map { accuracy(outcome(Study.Variant($0, at: ours.variant.size))) }
      return accuracy(ours).flatMap { value in
        (theirs ?? dense.accuracy.overall).map { (outcome: ours, difference: value - $0) }
      }
    }
    guard !differences.isEmpty else {
      return .notTried(judged, because: "no two networks of one size have accuracies to compare")
    }
    return JudgedClaim(
      judged,
      cases: differences.map { outcome, difference in
        (outcome.variant.sizeLabel, claim.least < 0 ? difference >= claim.least : difference > 0)
      },
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
