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
    let longest = outcomes.map(\.residualTrace.count).max() ?? 1
    return Chart(
      "i-SpaSP by iteration", x: Axis("iteration", ticks: (1...max(longest, 1)).map(Double.init)),
      y: Axis("‖V‖² / ‖U‖² before it", .logarithmic),
      series: outcomes.map { outcome in
        Series("\(outcome.kept) kept", outcome.residualTrace.enumerated().map { Point(Double($0 + 1), $1) })
      })
  }

  /// The cost of each layer in the dense and pruned networks.
  private var layerTable: Table {
    let (dense, pruned) = (comparisons[0].dense, comparisons[0].outcomes.filter { $0.title == summary.titles[0] })
    return Table(
      ["Layer", .numbers("dense MACs")] + pruned.map { .numbers("\($0.kept)") },
      rows: dense.layers.indices.map { layer in
        [Cell(dense.layers[layer].name)]
          + ([dense.layers] + pruned.map(\.layers)).map { $0.count > layer ? .count($0[layer].macs) : "" }
      }
        + [[Cell("all, parameters")] + ([dense.cost] + pruned.map(\.cost)).map { .count($0.parameters) }],
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
