import EspalierPruning
import EspalierReports

extension ComparisonSummary {
  /// Accuracy by method and size, the best of each size marked: first with re-fit, the default of the command; then
  /// with unchanged weights, as i-SpaSP was published.
  package var accuracyTables: [Table] {
    let dense =
      "the dense network has \(Format.percent(denseAccuracy))"
      + (seedCount > 1 ? " (means of \(seedCount) seeds)." : ".")
    let refitted = titles.filter(Self.isRefitted)
    return [
      accuracyTable(
        refitted,
        "Test accuracy by hidden units kept, the next layer re-fitted; the first method is the default; \(dense)"),
      accuracyTable(
        titles.filter { !refitted.contains($0) },
        "The same, the next layer's weights unchanged; i-SpaSP is as published."),
    ]
  }

  private func accuracyTable(_ titles: [String], _ caption: String) -> Table {
    Table(
      [Column("Method")] + sizes.map { .numbers("\($0)", best: .highest) },
      rows: titles.map { title in
        [Cell(title)] + sizes.map { entry(title, $0).map { .percent($0.accuracy) } ?? "" }
      }, caption: caption)
  }

  private static func isRefitted(_ title: String) -> Bool { title.hasSuffix(MethodComparison.Contender.refitMark) }

  /// Seconds to select and re-fit by method and size.
  package var timeTable: Table {
    Table(
      [Column("Method")] + sizes.map { .numbers("\($0)", best: .lowest) },
      rows: titles.map { title in
        [Cell(title)] + sizes.map { entry(title, $0).map { .duration($0.seconds) } ?? "" }
      },
      caption: "Time to select and re-fit by hidden units kept, once the statistics are there; "
        + "gathering them took \(Format.duration(calibrationSeconds)) for \(Format.grouped(sampleCount)) samples, once "
        + "for all."
    )
  }

  /// Accuracy against the number of units kept.
  package var accuracyChart: Chart {
    Chart(
      "Accuracy against hidden units kept",
      x: Axis("hidden units kept", .logarithmic, ticks: sizes.sorted().map(Double.init)),
      y: Axis("test accuracy", labels: .percentages),
      series: series {
        Double($0.kept)
      } y: {
        $0.accuracy
      } spread: {
        $0.range
      },
      references: [.horizontal(denseAccuracy, "dense")])
  }

  /// Accuracy against multiply-accumulate operations.
  package var costChart: Chart {
    Chart(
      "Accuracy against cost", x: Axis("MACs for one sample", .logarithmic),
      y: Axis("test accuracy", labels: .percentages),
      series: series {
        Double($0.macs)
      } y: {
        $0.accuracy
      } spread: {
        $0.range
      },
      references: [.horizontal(denseAccuracy, "dense")])
  }

  /// The residual at the next layer against the number of units kept.
  package var residualChart: Chart {
    Chart(
      "Residual against hidden units kept",
      x: Axis("hidden units kept", .logarithmic, ticks: sizes.sorted().map(Double.init)),
      y: Axis("‖U − U_S‖² / ‖U‖²", .logarithmic),
      series: series {
        Double($0.kept)
      } y: {
        $0.relativeResidual
      })
  }

  private func series(
    x: (Entry) -> Double, y: (Entry) -> Double, spread: (Entry) -> ClosedRange<Double>? = { _ in nil }
  ) -> [Series] {
    titles.map { title in
      Series(
        title, entries(of: title).map { Point(x($0), y($0), spread: seedCount > 1 ? spread($0) : nil) },
        line: Self.isRefitted(title) ? .solid : .dashed,
        isEmphasised: title == titles.first || title.hasPrefix(ISpaSP.title))
    }
  }
}
