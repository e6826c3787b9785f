import EspalierPruning
import EspalierReports
import Foundation

extension CostOfPruning {
  /// "Several" orders of magnitude means at least two.
  static let several = 100.0

  /// The paper's claims on a two-layer network, and one of ours.
  package var claims: [JudgedClaim] { [cost, gram, accuracy] }

  private var cost: JudgedClaim {
    let (sampled, exhaustive) = (ratios(of: .sampled, to: .iSpaSP), ratios(of: .exhaustive, to: .iSpaSP))
    return JudgedClaim(
      .cheaperThanGreedy,
      cases: [
        ("50 candidates on a mini-batch", sampled.min() ?? 0 >= Self.several),
        ("every unit on all samples", exhaustive.min() ?? 0 >= Self.several),
      ],
      evidence: "Calibration included, trying every unit on all \(Format.grouped(sampleCount)) samples takes "
        + "\(Self.range(exhaustive)) as long at the \(exhaustive.count) smallest sizes; trying 50 candidates on a "
        + "mini-batch of \(miniBatch) takes \(Self.range(sampled)) as long. Published i-SpaSP, 20 passes over the "
        + "data, takes \(Self.range(ratios(of: .looped, to: .iSpaSP))) as long as one pass.")
  }

  private var gram: JudgedClaim {
    let largest = sizes.max() ?? 0
    return JudgedClaim(
      Claim(ours: "From the Gram matrix the same greedy selection takes one pass over the data, as i-SpaSP does."),
      .information,
      evidence: "At \(largest) units: "
        + algorithms.compactMap { algorithm in
          entry(algorithm, largest).map { "\(algorithm.rawValue) \(Format.duration($0.seconds))" }
        }.joined(separator: "; ") + ".")
  }

  private var accuracy: JudgedClaim {
    let gaps = sizes.compactMap { size -> (name: String, gap: Double)? in
      guard let greedy = entry(.gram, size)?.accuracy, let ours = entry(.iSpaSP, size)?.accuracy else { return nil }
      return ("\(size) units", ours - greedy)
    }
    guard let worst = gaps.map(\.gap).min(), let best = gaps.map(\.gap).max() else {
      return .notTried(.asAccurateAsGreedy, because: "there are no labelled samples")
    }
    return JudgedClaim(
      .asAccurateAsGreedy, cases: gaps.map { ($0.name, $0.gap >= -0.01) },
      evidence: "Accuracy of i-SpaSP minus that of greedy forward selection: from \(Self.points(worst)) to "
        + "\(Self.points(best)).")
  }

  /// The range of `ratios`, as factors and orders of magnitude.
  static func range(_ ratios: [Double]) -> String {
    guard let least = ratios.min(), let most = ratios.max() else { return "an unknown time" }
    let orders = [least, most].map { Format.fixed(log10($0), decimals: 1) }
    return "\(Format.times(least)) to \(Format.times(most)) (\(orders[0]) to \(orders[1]) orders of magnitude)"
  }

  private static func points(_ fraction: Double) -> String {
    "\(Format.fixed(fraction * 100, decimals: 1)) percentage points"
  }
}
