import EspalierReports
import EspalierWorkflows

extension NetworkRobustness {
  /// Accuracies this close to the best count as equal: several standard errors on 10,000 samples.
  static let tolerance = 0.02

  /// Accuracies by network, rule, momentum and step size, and the cost of a step.
  package var table: Table {
    Table(
      ["Network", "Rule", .numbers("β")] + settings.steps.map { .numbers(Format.number($0, digits: 2)) } + [
        .numbers("gradients a step")
      ],
      rows: Network.allCases.flatMap { network in
        UpdateRule.allCases.flatMap { rule in
          settings.momenta(of: rule).map { momentum in
            let runs = runs(network, rule, momentum)
            let costs = runs.map(\.evaluationsPerStep)
            return [
              Cell(network.rawValue), Cell(rule.rawValue), Cell(rule.hasMomentum ? Format.number(momentum) : "–"),
            ]
              + runs.map { Cell($0.accuracy.map { Format.percent($0) } ?? "✕") }
              + [
                Cell("\(Format.fixed(costs.min() ?? 1, decimals: 1)) to \(Format.fixed(costs.max() ?? 1, decimals: 1))")
              ]
          }
        }
      },
      caption: "Accuracy on \(Format.grouped(counts.test)) test samples after \(settings.epochs) epoch(s) of "
        + "\(Format.grouped(counts.training)) samples, by step size; ✕: the loss stopped being a number.")
  }

  /// The share of step sizes and momenta that lead to within ``tolerance`` of the network's best accuracy.
  func goodShare(_ network: Network, _ rule: UpdateRule) -> Double {
    let best = outcomes.filter { $0.network == network }.compactMap(\.accuracy).max() ?? 0
    let own = outcomes.filter { $0.network == network && $0.rule == rule }
    return Double(own.count { ($0.accuracy ?? 0) >= best - Self.tolerance }) / Double(own.count)
  }

  /// The results for each network.
  package var claims: [JudgedClaim] {
    Network.allCases.flatMap { network in [UpdateRule.sppam, .damped, .controlled].map { claim($0, on: network) } }
  }

  private func claim(_ rule: UpdateRule, on network: Network) -> JudgedClaim {
    let shares = UpdateRule.allCases.map { ($0, goodShare(network, $0)) }
    let own = goodShare(network, rule)
    let runs = outcomes.filter { $0.network == network && $0.rule == rule }
    return JudgedClaim(
      Claim(ours: "\(network.rawValue): \(rule.rawValue) learns at more step sizes and momenta than SGD and SGDM."),
      cases: [UpdateRule.sgd, .sgdm].map { ($0.rawValue, own > goodShare(network, $0)) },
      evidence:
        "Cells within \(Format.fixed(Self.tolerance * 100, decimals: 0)) points of the best accuracy: "
        + shares.map { "\($0.0.rawValue) \(Format.percent($0.1, decimals: 0))" }.joined(separator: ", ")
        + "; \(rule.rawValue) diverged in \(runs.count { $0.accuracy == nil }) of \(runs.count).")
  }

  /// Accuracy against step size, a chart for each network.
  package var charts: Block {
    let charts = Network.allCases.map { network in
      Block.chart(
        Chart(
          network.rawValue, x: Axis("step size", .logarithmic), y: Axis("accuracy", range: 0...1),
          series: UpdateRule.allCases.map { rule in
            Series(
              rule.rawValue,
              runs(network, rule, settings.momenta(of: rule).last ?? 0).map { Point($0.step, $0.accuracy ?? .nan) },
              isEmphasised: rule == .controlled)
          }, caption: "With the last momentum. Where a line breaks, the loss stopped being a number."))
    }
    return .sideBySide(charts)
  }

  /// The report.
  package var document: Document {
    Document(
      title: "Robustness of networks against step size and momentum",
      subtitle: "SPPA, SPPAM and the rules of others on \(data), with inexact proximal steps",
      sections: [
        Section("Claims", claims.map(\.block)),
        Section("Accuracy against step size", [charts]), Section("Accuracies", [.table(table)]),
        Section(
          "Settings",
          [
            .facts(
              Facts([
                .init("Data", data), .init("Batch", "\(settings.batchSize)"), .init("Epochs", "\(settings.epochs)"),
                .init("Schedule", "constant"),
                .init("Momenta", settings.momenta.map { Format.number($0) }.joined(separator: ", ")),
                .init("Inner steps", "at most \(settings.innerSteps)"), .init("Seed", "\(settings.seed)"),
              ]))
          ]), Section("Environment", [.facts(Environment.facts)]),
      ])
  }
}

extension NetworkRobustness: Encodable {
  private enum CodingKeys: String, CodingKey { case data, settings, trainingSamples, testSamples, runs, claims }

  /// Writes the data, the settings, all runs and the claims.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(data, forKey: .data)
    try container.encode(settings, forKey: .settings)
    try container.encode(counts.training, forKey: .trainingSamples)
    try container.encode(counts.test, forKey: .testSamples)
    try container.encode(outcomes, forKey: .runs)
    try container.encode(claims, forKey: .claims)
  }
}
