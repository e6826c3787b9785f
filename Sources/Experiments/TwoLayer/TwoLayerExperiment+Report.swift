import EspalierPruning
import EspalierReports
import EspalierWorkflows

extension TwoLayerExperiment.Outcome {
  /// The common sections of reports on a two-layer experiment.
  package func sections(dataset: String) -> [Section] {
    [
      Section(
        "Asked and achieved",
        [
          .paragraph(
            "A network with one hidden layer of \(models[0].hiddenWidth) units, trained on \(dataset), is pruned to "
              + "\(summary.sizes.map(String.init).joined(separator: ", ")) hidden units by each method, looking at "
              + "\(Format.grouped(summary.sampleCount)) unlabelled training samples. Nothing is fine-tuned.")
        ] + summary.accuracyTables.map(Block.table) + [.chart(summary.accuracyChart), .chart(summary.costChart)]),
      Section("Residual", [.chart(summary.residualChart), .chart(iterationChart)]),
      Section("Layers", [.table(layerTable)]),
      Section("Time", [.table(summary.timeTable), .table(timeTable)]),
    ]
  }

  /// The residual before each iteration of i-SpaSP, size by size.
  private var iterationChart: Chart {
    let outcomes = comparisons[0].outcomes.filter { $0.title == ISpaSP.title }
    let longest = outcomes.map { $0.result.groups[0].selection.trace.count }.max() ?? 1
    return Chart(
      "i-SpaSP by iteration", x: Axis("iteration", ticks: (1...longest).map(Double.init)),
      y: Axis("‖V‖² / ‖U‖² before it", .logarithmic),
      series: outcomes.map { outcome in
        let group = outcome.result.groups[0]
        return Series(
          "\(outcome.kept) kept",
          group.selection.trace.compactMap(\.residualBefore).enumerated().map {
            Point(Double($0 + 1), $1 / max(group.outputEnergy, .leastNormalMagnitude))
          })
      })
  }

  /// The cost of each layer in the dense and pruned networks.
  private var layerTable: Table {
    let pruned = comparisons[0].outcomes.filter { $0.title == summary.titles[0] }
    let inspections = ([models[0].graph] + pruned.map(\.result.graph)).compactMap { try? Inspection($0) }
    let layers = inspections[0].layers.indices.filter { inspections[0].layers[$0].macs > 0 }
    return Table(
      ["Layer", .numbers("dense MACs")] + pruned.map { .numbers("\($0.kept)") },
      rows: layers.map { layer in
        [Cell(inspections[0].layers[layer].name)] + inspections.map { .count($0.layers[layer].macs) }
      }
        + [[Cell("all, parameters")] + inspections.map { .count($0.cost.parameters) }],
      caption: "MACs for one sample, by hidden units kept.")
  }

  private var timeTable: Table {
    Table(
      ["Stage", .numbers("time")],
      rows: [
        [
          Cell("Training, \(Format.grouped(trainingSeconds.count)) network(s), mean"),
          .duration(trainingSeconds.reduce(0, +) / Double(trainingSeconds.count)),
        ],
        [Cell("Calibration, \(Format.grouped(summary.sampleCount)) samples"), .duration(summary.calibrationSeconds)],
      ])
  }
}
