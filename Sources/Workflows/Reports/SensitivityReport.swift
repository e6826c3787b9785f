import EspalierPruning
import EspalierReports

/// The report of `sensitivity`: each group's size against what pruning it alone costs.
package struct SensitivityReport: Sendable {
  /// The command that was run.
  package let command: String
  /// The name of the network.
  package let model: String
  /// The curves.
  package let sensitivity: Sensitivity
  /// The number of samples from which statistics were gathered.
  package let calibrationSamples: Int
  /// The accuracy of the dense network; `nil` without labelled data.
  package let accuracy: Double?

  /// Reports on `sensitivity`.
  package init(
    command: String, model: String, sensitivity: Sensitivity, calibrationSamples: Int, accuracy: Double?
  ) {
    self.command = command
    self.model = model
    self.sensitivity = sensitivity
    self.calibrationSamples = calibrationSamples
    self.accuracy = accuracy
  }

  /// A row for each group and size.
  package var table: Table {
    let accuracies: [Column] = accuracy == nil ? [] : [.numbers("top-1")]
    return Table(
      ["Group", .numbers("units"), .numbers("kept"), .numbers("relative residual"), .numbers("divergence")]
        + accuracies,
      rows: sensitivity.groups.flatMap { entry in
        entry.points.reversed().map { point in
          let kept = Double(point.count) / Double(entry.group.size)
          return [
            Cell(entry.group.id), .count(point.count), .percent(kept),
            point.relativeResidual.map { .number($0, digits: 3) } ?? "", .number(point.divergence, digits: 3),
          ] + (point.accuracy.map { [.percent($0, decimals: 2)] } ?? [])
        }
      },
      caption: "Each group pruned alone. The relative residual is what is lost at the layers that read the group, the "
        + "divergence what moves at the outputs, on \(Format.grouped(sensitivity.sampleCount)) inputs.")
  }

  /// The report as a page.
  package var document: Document {
    let charts = [
      sensitivity.divergenceChart,
      sensitivity.chart("Residual at the layers that read the group", "‖U − U'‖² / ‖U‖²") {
        $0.relativeResidual ?? .nan
      },
    ]
    return Document(
      title: "Sensitivity: \(model)",
      subtitle: "What each group costs, pruned alone; the steepest curves belong to the groups to leave wide.",
      sections: [
        Section("Curves", (charts + accuracyCharts).map(Block.chart)), Section("Sizes", [.table(table)]),
        Section("Environment", [.facts(Environment.facts), .code(command)]),
      ])
  }

  private var accuracyCharts: [Chart] {
    guard let accuracy else { return [] }
    var chart = sensitivity.chart("Accuracy", "top-1", isLogarithmic: false) { $0.accuracy ?? .nan }
    chart.references = [.horizontal(accuracy, "dense")]
    chart.y.labels = .percentages
    return [chart]
  }
}

extension Sensitivity {
  /// The divergence at the outputs by the share of units kept, a line for each group.
  var divergenceChart: Chart { chart("Divergence at the outputs", "divergence") { $0.divergence } }

  /// A line for each group over the share of units kept.
  fileprivate func chart(
    _ title: String, _ quantity: String, isLogarithmic: Bool = true, _ value: (Point) -> Double
  ) -> Chart {
    Chart(
      title, x: Axis("units kept", labels: .percentages), y: Axis(quantity, isLogarithmic ? .logarithmic : .linear),
      series: groups.map { entry in
        Series(
          entry.group.id,
          entry.points.map { EspalierReports.Point(Double($0.count) / Double(entry.group.size), value($0)) })
      })
  }
}
