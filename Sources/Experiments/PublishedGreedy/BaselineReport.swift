import EspalierReports
import EspalierWorkflows

/// `reproduce ispasp-baselines`: layers of different networks pruned by i-SpaSP and by the provable baselines.
package struct BaselineReport: Sendable {
  /// One comparison a layer.
  package let layers: [CostOfPruning]

  /// The report on these layers, at least one.
  package init(_ layers: [CostOfPruning]) {
    self.layers = layers
  }

  /// The paper's claim on the cost of pruning, and what became of the residual.
  package var claims: [JudgedClaim] { [published, residual, onePass] }

  private var published: JudgedClaim {
    func ratios(_ layer: CostOfPruning) -> [Double] { layer.ratios(of: .meanField, to: .looped) }
    return JudgedClaim(
      .cheaperOnEveryLayer,
      cases: layers.map { ($0.title, ratios($0).min() ?? 0 >= CostOfPruning.several) },
      evidence: layers.map { layer in
        "\(layer.title), to \(layer.sizes.map(String.init).joined(separator: ", ")) of \(layer.unitCount): GFS takes "
          + CostOfPruning.range(ratios(layer)) + " as long"
      }.joined(separator: "; ") + ".")
  }

  private var residual: JudgedClaim {
    func gaps(_ layer: CostOfPruning) -> [Double] {
      layer.sizes.compactMap { size in
        guard let ours = layer.entry(.iSpaSP, size), let greedy = layer.entry(.gram, size) else { return nil }
        return ours.relativeResidual / max(greedy.relativeResidual, .leastNormalMagnitude)
      }
    }
    return JudgedClaim(
      Claim(ours: "i-SpaSP leaves at most 1.1 times the residual of greedy forward selection."),
      cases: layers.map { ($0.title, gaps($0).max() ?? .infinity <= 1.1) },
      evidence: layers.map { layer in
        let gaps = gaps(layer)
        return "\(layer.title): \(Format.times(gaps.min() ?? .nan)) to \(Format.times(gaps.max() ?? .nan))"
      }.joined(separator: "; ") + ".")
  }

  private var onePass: JudgedClaim {
    JudgedClaim(
      Claim(ours: "One pass takes the place of the twenty of the public code."), .information,
      evidence: layers.map { layer in
        "\(layer.title): twenty passes take \(CostOfPruning.range(layer.ratios(of: .looped, to: .iSpaSP))) as long"
      }.joined(separator: "; ") + ".")
  }

  /// The report.
  package func document(command: String) -> Document {
    Document(
      title: "i-SpaSP and the provable baselines", subtitle: "Time and residual on the same layers in one run",
      sections: [Section("Claims", claims.map(\.block))]
        + layers.map { Section($0.title, [$0.charts] + $0.tables.map(Block.table)) }
        + [Section("Environment", [.facts(Environment.facts), .code(command)])])
  }
}
