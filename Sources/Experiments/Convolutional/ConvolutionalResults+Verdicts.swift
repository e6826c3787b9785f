import Reports
import Workflows

extension ConvolutionalResults {
  /// Accuracies this close are called equal: about what separates i-SpaSP from its rivals in the paper's table.
  static let tolerance = 0.01

  /// The paper's claims, and whether they hold here.
  func verdicts(_ dense: Dense) -> [Block] {
    let ours = outcomes.filter { $0.method == .iSpaSP }
    guard !ours.isEmpty else { return [] }
    return [
      denseVerdict(ours, dense),
      comparison(
        with: .greedy, claim: "After fine-tuning, i-SpaSP is as accurate as greedy forward selection.",
        least: -Self.tolerance),
      comparison(with: .l1, claim: "After fine-tuning, i-SpaSP is more accurate than L1 magnitude.", least: 0),
      comparison(with: .random, claim: "After fine-tuning, i-SpaSP is more accurate than random selection.", least: 0),
      comparison(
        with: .uniform,
        claim: "Pruned by i-SpaSP and fine-tuned, a network beats a narrower one of its cost, trained from scratch.",
        least: 0),
      refitVerdict, latencyVerdict(ours), noise(dense),
    ].compactMap { $0 }
  }

  private func denseVerdict(_ ours: [Outcome], _ dense: Dense) -> Block? {
    let points = Format.fixed(Self.tolerance * 100, decimals: 0)
    return verdict(
      "After fine-tuning, i-SpaSP is within \(points) point of the dense network.",
      ours.compactMap { outcome in
        guard let accuracy = outcome.finetuned else { return nil }
        return (
          outcome.size, accuracy - dense.accuracy, " with \(Format.percent(share(of: outcome, dense))) of its MACs"
        )
      }, least: -Self.tolerance)
  }

  private func comparison(with other: ExperimentMethod, claim: String, least: Double) -> Block? {
    verdict(
      claim,
      sizes.compactMap { size in
        guard let ours = outcome(.iSpaSP, size)?.finetuned, let theirs = outcome(other, size)?.finetuned else {
          return nil
        }
        return (size, ours - theirs, "")
      }, least: least)
  }

  /// Whether re-fitting raises the accuracy right after pruning: ours, not the paper's.
  private var refitVerdict: Block? {
    verdict(
      "Re-fitting raises i-SpaSP's accuracy before fine-tuning (not a claim of the paper).",
      sizes.compactMap { size in
        guard let refitted = outcome(.refitted, size)?.pruned, let plain = outcome(.iSpaSP, size)?.pruned else {
          return nil
        }
        return (size, refitted - plain, "")
      }, least: 0)
  }

  private func latencyVerdict(_ ours: [Outcome]) -> Block? {
    let faster = ours.filter(\.latency.isFaster).count
    return .verdict(
      faster == ours.count ? .holds : faster == 0 ? .fails : .mixed,
      claim: "Networks pruned by i-SpaSP are faster on this machine.",
      evidence: ours.map { "\($0.size.label): \(Format.times($0.latency.speedup))" }.joined(separator: "; ") + ".")
  }

  /// How far an accuracy may be off by the choice of test samples alone.
  private func noise(_ dense: Dense) -> Block {
    let error = (dense.accuracy * (1 - dense.accuracy) / Double(max(settings.testCount, 1))).squareRoot()
    return .verdict(
      .information, claim: "Differences this small mean little.",
      evidence:
        "One standard error of an accuracy near the dense network's, on \(Format.grouped(settings.testCount)) test "
        + "samples: \(Format.fixed(error * 100, decimals: 1)) points; every network is trained once, from one seed.")
  }

  /// Holds where every difference is at least (above, for 0) `least`, fails where none is.
  private func verdict(
    _ claim: String, _ differences: [(size: ConvolutionalSize, difference: Double, note: String)], least: Double
  ) -> Block? {
    guard !differences.isEmpty else { return nil }
    let good = differences.filter { least < 0 ? $0.difference >= least : $0.difference > 0 }.count
    return .verdict(
      good == differences.count ? .holds : good == 0 ? .fails : .mixed, claim: claim,
      evidence: differences.map { entry in
        let sign = entry.difference < 0 ? "" : "+"
        return "\(entry.size.label): \(sign)\(Format.fixed(entry.difference * 100, decimals: 1)) points\(entry.note)"
      }.joined(separator: "; ") + ".")
  }
}
