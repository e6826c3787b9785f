import EspalierReports

extension CostOfPruning {
  /// Seconds, residuals and, where samples have labels, accuracies by algorithm and size.
  package var tables: [Table] {
    func table(_ caption: String, _ best: Column.Best, _ cell: (Entry) -> Cell) -> Table {
      Table(
        [Column("Method")] + sizes.map { .numbers("\($0)", best: best) },
        rows: algorithms.map { algorithm in
          [Cell(algorithm.rawValue)] + sizes.map { entry(algorithm, $0).map(cell) ?? "" }
        },
        caption: caption)
    }
    let hasAccuracies = entries.contains { $0.accuracy != nil }
    return [
      table("\(title): time to prune by units kept of \(unitCount), calibration included.", .lowest) {
        .duration($0.seconds)
      },
      table("‖U − U_S‖² / ‖U‖² by units kept, on all calibration samples.", .lowest) {
        .number($0.relativeResidual, digits: 3)
      },
    ]
      + (hasAccuracies
        ? [
          table("Test accuracy by units kept, nothing re-fitted or fine-tuned.", .highest) {
            $0.accuracy.map { .percent($0) } ?? ""
          }
        ] : [])
  }

  /// Seconds and residual against size.
  package var charts: Block {
    let size = Axis("units kept", .logarithmic, ticks: sizes.sorted().map(Double.init))
    func series(_ y: (Entry) -> Double) -> [Series] {
      algorithms.map { algorithm in
        Series(
          algorithm.rawValue, entries.filter { $0.algorithm == algorithm }.map { Point(Double($0.kept), y($0)) },
          isEmphasised: algorithm == .iSpaSP)
      }
    }
    return .sideBySide([
      .chart(Chart("Time to prune", x: size, y: Axis("seconds", .logarithmic), series: series(\.seconds))),
      .chart(
        Chart(
          "Residual", x: size, y: Axis("‖U − U_S‖² / ‖U‖²", .logarithmic), series: series(\.relativeResidual))),
    ])
  }
}
