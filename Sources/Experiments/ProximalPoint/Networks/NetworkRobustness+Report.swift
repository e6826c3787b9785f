import EspalierReports
import EspalierWorkflows

extension NetworkRobustness {
  /// Accuracies this close to the best count as equal: several standard errors on 10,000 samples.
  static let tolerance = 0.02

  /// Accuracies by network, method and step size, and the cost of a step.
  package var table: Table {
    Table(
      ["Network", "Method"] + Self.steps.map { .numbers(Format.number($0, digits: 2)) } + [
        .numbers("gradients a step")
      ],
      rows: Network.allCases.flatMap { network in
        NetworkMethod.allCases.map { method in
          let runs = runs(network, method)
          let costs = runs.map(\.evaluationsPerStep)
          return [Cell(network.rawValue), Cell(method.rawValue)]
            + runs.map { Cell($0.accuracy.map { Format.percent($0) } ?? "✕") }
            + [Cell("\(Format.fixed(costs.min() ?? 1, decimals: 1)) to \(Format.fixed(costs.max() ?? 1, decimals: 1))")]
        }
      },
      caption: "Accuracy on \(Format.grouped(counts.test)) test samples after \(settings.epochs) epoch(s) of "
        + "\(Format.grouped(counts.training)) samples, by step size; ✕: the loss stopped being a number.")
  }

  /// The range of step sizes that lead to within ``tolerance`` of the network's best accuracy, in factors of ten.
  func decades(_ network: Network, _ method: NetworkMethod) -> Double {
    let best = outcomes.filter { $0.network == network }.compactMap(\.accuracy).max() ?? 0
    let good = runs(network, method).map { ($0.accuracy ?? 0) >= best - Self.tolerance }
    let longest = good.split(separator: false).map(\.count).max() ?? 0
    return Double(max(longest - 1, 0)) / 2
  }

  /// The results for each network.
  package var claims: [JudgedClaim] {
    Network.allCases.flatMap { network in [NetworkMethod.sppam, .damped].map { claim($0, on: network) } }
  }

  private func claim(_ method: NetworkMethod, on network: Network) -> JudgedClaim {
    let decades = NetworkMethod.allCases.map { ($0, self.decades(network, $0)) }
    let own = self.decades(network, method)
    let gradient = max(self.decades(network, .sgd), self.decades(network, .sgdm))
    let lost = runs(network, method).count { $0.accuracy == nil }
    return JudgedClaim(
      text: "\(network.rawValue): \(method.rawValue) learns over a wider range of step sizes than SGD and SGDM.",
      verdict: own > gradient ? .holds : own == gradient ? .mixed : .fails,
      evidence:
        "Step sizes within \(Format.fixed(Self.tolerance * 100, decimals: 0)) points of the best accuracy span "
        + decades.map { "\(Format.fixed($0.1, decimals: 1)) factors of ten (\($0.0.rawValue))" }.joined(
          separator: ", ")
        + "; \(method.rawValue) diverged in \(lost) of \(Self.steps.count).")
  }

  /// Accuracy against step size, a chart for each network.
  package var charts: Block {
    let charts = Network.allCases.map { network in
      Block.chart(
        Chart(
          network.rawValue, x: Axis("step size", .logarithmic), y: Axis("accuracy", range: 0...1),
          series: NetworkMethod.allCases.map { method in
            Series(
              method.rawValue, runs(network, method).map { Point($0.step, $0.accuracy ?? .nan) },
              isEmphasised: method == .damped)
          }, caption: "Where a line breaks, the loss stopped being a number."))
    }
    return .sideBySide(charts)
  }

  /// The report.
  package var document: Document {
    Document(
      title: "Robustness of networks against the step size",
      subtitle: "SGD, SGDM, SPPA and SPPAM on \(data), with inexact proximal steps",
      sections: [
        Section("Claims", claims.map(\.block)),
        Section("Accuracy against step size", [charts]), Section("Accuracies", [.table(table)]),
        Section(
          "Settings",
          [
            .facts(
              Facts([
                .init("Data", data), .init("Batch", "\(settings.batchSize)"), .init("Epochs", "\(settings.epochs)"),
                .init("Schedule", "constant"), .init("Momentum", "\(NetworkMethod.momentum)"),
                .init("Inner steps", "at most \(settings.innerSteps)"), .init("Seed", "\(settings.seed)"),
              ]))
          ]), Section("Environment", [.facts(Environment.facts)]),
      ])
  }
}
