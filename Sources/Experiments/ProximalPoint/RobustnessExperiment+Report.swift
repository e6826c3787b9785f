import EspalierReports
import EspalierWorkflows

extension RobustnessExperiment {
  /// Median iterations by problem, method and step size.
  package var table: Table {
    Table(
      ["Problem", "Method"] + Self.steps.map { .numbers("η = \(Format.number($0))") },
      rows: problems.flatMap { kind, condition in
        RobustnessMethod.allCases.map { method in
          let curve = curve(kind, condition, method)
          return [Cell(Self.title(kind, condition)), Cell(method.rawValue)]
            + curve.outcomes.indices.map { Cell(Self.cell(curve, $0)) }
        }
      },
      caption: "Median of \(trials) trials; – is not within \(Format.grouped(cap)) iterations, ✕ is diverged.")
  }

  private static func cell(_ curve: Curve, _ index: Int) -> String {
    let median = curve.medians[index]
    guard !median.isFinite else { return Format.number(median, digits: 6) }
    let diverged = curve.outcomes[index].count { $0 == .diverged }
    return diverged * 2 > curve.outcomes[index].count ? "✕" : "–"
  }

  /// Iterations against step size, a chart for each problem.
  package var charts: [Block] {
    let charts = problems.map { kind, condition in
      Block.chart(
        Chart(
          Self.title(kind, condition), x: Axis("step size η", .logarithmic),
          y: Axis("iterations", .logarithmic, range: 1...Double(cap)),
          series: RobustnessMethod.allCases.map { series(curve(kind, condition, $0)) },
          caption: "Median of \(trials) trials, with the span of all that met the tolerance."))
    }
    return charts.inPairs
  }

  /// The report.
  package var document: Document {
    Document(
      title: "Robustness against the step size",
      subtitle: "Linear and Poisson regression, n = p = 100, Kim, Toulis & Kyrillidis (L4DC 2022), figures 2 and 3",
      sections: [
        Section("Claims", claims.map(\.block)),
        Section("Iterations until ‖b − h(Ax)‖² ≤ 0.01 ‖b‖²", charts),
        Section("Iterations", [.table(table)]),
        Section("Environment", [.facts(Environment.facts), .code("espalier reproduce sppam-glm --trials \(trials)")]),
      ])
  }

  private func series(_ curve: Curve) -> Series {
    let points = zip(Self.steps, curve.outcomes).enumerated().map { index, pair in
      let reached = pair.1.map(\.iterations).filter(\.isFinite)
      let spread = reached.min().flatMap { least in reached.max().map { least...$0 } }
      return Point(pair.0, curve.medians[index], spread: spread)
    }
    return Series(curve.method.rawValue, points, isEmphasised: curve.method == .sppam)
  }
}
