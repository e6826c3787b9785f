import EspalierReports
import EspalierWorkflows

extension StabilityMap {
  /// Stable and reached cells by problem, order and family.
  package var table: Table {
    Table(
      ["Problem", "Order"] + Family.allCases.map { .numbers($0.rawValue) },
      rows: RobustnessProblem.Kind.allCases.flatMap { kind in
        kind.conditionNumbers.flatMap { condition in
          Order.allCases.map { order in
            [Cell(RobustnessExperiment.title(kind, condition)), Cell(order.rawValue)]
              + Family.allCases.map { family in
                let map = map(kind, condition, order, family)
                return Cell("\(map.stableCount) / \(map.reachedCount)")
              }
          }
        }
      },
      caption: "Cells with momentum, of \(cellCount), that are stable / reached: nearer to the targets at the end of "
        + "\(Format.grouped(settings.iterations)) iterations than at the start / within a relative error of 0.01 on "
        + "the way. Medians of \(settings.trials) trial(s).")
  }

  private func map(
    _ kind: RobustnessProblem.Kind, _ condition: Double, _ order: Order, _ family: Family
  ) -> Map {
    maps.first { $0.problem == kind && $0.conditionNumber == condition && $0.order == order && $0.family == family }!
  }

  /// The maps, problem by problem.
  package var charts: [Block] {
    RobustnessProblem.Kind.allCases.flatMap { kind in
      kind.conditionNumbers.map { condition in
        Block.details(
          summary: RobustnessExperiment.title(kind, condition),
          [Order.drawn, .shuffled].flatMap { order in
            [Block.paragraph("Order: \(order.rawValue)")]
              + Family.allCases.map { heatMap(map(kind, condition, order, $0)) }.inPairs
          })
      }
    }
  }

  /// The report.
  package var document: Document {
    Document(
      title: "Where stochastic methods converge",
      subtitle: "Step sizes by momenta for linear and Poisson regression, the abstract of Kim, Toulis & Kyrillidis "
        + "(L4DC 2022), measured",
      sections: [
        Section("Claims", claims.map(\.block)), Section("Cells", [.table(table)]), Section("Maps", charts),
        Section("Environment", [.facts(Environment.facts), .code("espalier reproduce sppam-stability")]),
      ])
  }

  private func heatMap(_ map: Map) -> Block {
    .heatMap(
      HeatMap(
        map.family.rawValue, x: Axis("step size η", .logarithmic), columns: settings.steps, y: Axis("momentum β"),
        rows: settings.momenta,
        values: map.cells.map { row in row.map { $0.isStable ? $0.remaining : .nan } },
        color: Axis("remaining error", range: 0...1), missing: "not stable",
        caption: "The relative error at the end, as a share of that at the start."))
  }
}

/// The JSON of the map.
extension StabilityMap: Encodable {
  private enum CodingKeys: String, CodingKey { case settings, maps, claims }

  /// Writes the settings, the maps and the claims.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(settings, forKey: .settings)
    try container.encode(maps, forKey: .maps)
    try container.encode(claims, forKey: .claims)
  }
}
