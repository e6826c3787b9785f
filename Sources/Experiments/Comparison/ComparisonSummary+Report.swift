import Reports

extension ComparisonSummary {
  /// Accuracy by method and size, the best of each size marked.
  public var accuracyTable: Table {
    Table(
      [Column("Method")] + sizes.map { .numbers("\($0)", best: .highest) },
      rows: titles.map { title in
        [Cell(title)] + sizes.map { entry(title, $0).map { .percent($0.accuracy) } ?? "" }
      },
      caption: "Test accuracy by hidden units kept; the dense network has \(Format.percent(denseAccuracy))"
        + (seedCount > 1 ? " (means of \(seedCount) seeds)." : "."))
  }

  /// Seconds to select and re-fit by method and size.
  public var timeTable: Table {
    Table(
      [Column("Method")] + sizes.map { .numbers("\($0)", best: .lowest) },
      rows: titles.map { title in
        [Cell(title)] + sizes.map { entry(title, $0).map { .duration($0.seconds) } ?? "" }
      },
      caption: "Time to select and re-fit by hidden units kept, once the statistics are there; "
        + "gathering them took \(Format.duration(calibrationSeconds)) for \(Format.grouped(sampleCount)) samples, once for all."
    )
  }

  /// Accuracy against the number of units kept.
  public var accuracyChart: Chart {
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
  public var costChart: Chart {
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
  public var residualChart: Chart {
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
        line: title.hasSuffix("re-fit") ? .solid : .dashed, isEmphasised: title.hasPrefix("i-SpaSP"))
    }
  }
}
