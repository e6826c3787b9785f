import EspalierFiles
import EspalierProximalPoint
import EspalierReports
import EspalierWorkflows

/// `reproduce sppam-quadratic`: the maps of all methods, and whether theory and simulation agree.
package struct QuadraticReport: Sendable {
  /// A map for each method.
  package let maps: [QuadraticMap]

  /// Runs what is missing of the experiment.
  ///
  /// - Parameters:
  ///   - kept: The maps of an earlier run, to which these are added.
  ///   - progress: Called after each map.
  /// - Throws: `EspalierError` if results cannot be kept.
  package init(seed: UInt64, keptIn kept: KeptResults = .none, progress: () -> Void = {}) throws(EspalierError) {
    maps = try QuadraticMap.methods.map { (method) throws(EspalierError) in
      defer { progress() }
      return try kept.value(method.title) { QuadraticMap(method, seed: seed) }
    }
  }

  /// Whether theory and simulation agree in every cell that rounding does not decide.
  package var theoryHolds: Bool { maps.allSatisfy(\.disagreements.isEmpty) }

  /// Whether each proximal method converges in more cells than the corresponding gradient method.
  package var proximalIsWider: Bool {
    maps[1].convergedShare > maps[0].convergedShare && maps[3].convergedShare > maps[2].convergedShare
  }

  /// The number of decided cells of PPAM's map in which the printed condition differs from the simulation.
  package var publishedMistakeCount: Int { maps.reduce(0) { $0 + ($1.publishedMistakeCount ?? 0) } }

  /// Agreement by method.
  package var table: Table {
    Table(
      [
        "Method", .numbers("within the cap after 100 steps"), .numbers("theory = simulation"), .numbers("agreement"),
        .numbers("on the boundary"),
      ],
      rows: maps.map { map in
        [
          Cell(map.method.title), .percent(map.convergedShare), .count(map.agreeingCount), .percent(map.agreement),
          .count(map.undecidedCount),
        ]
      },
      caption:
        "Cells of 51 × 51 values of η and β. On the boundary the spectral radius is within 1e-9 of 1, "
        + "and rounding decides."
    )
  }

  /// The paper's claims, judged.
  package var claims: [JudgedClaim] {
    let agreement = maps.map { map in
      "\(map.method.title): \(Format.percent(map.agreement, decimals: 2)) of "
        + "\(map.agreeingCount + map.disagreements.count) cells"
    }
    let shares = maps.map { "\($0.method.title): \(Format.percent($0.convergedShare)) of the map" }
    return [
      JudgedClaim(
        .conditionsDescribeConvergence, theoryHolds ? .holds : .fails, evidence: agreement.joined(separator: "; ") + "."
      ),
      JudgedClaim(
        .printedConditionHolds, publishedMistakeCount == 0 ? .holds : .fails,
        evidence: "It differs from the simulation in \(publishedMistakeCount) cells, where 1 + ηλ is negative; there "
          + "s β < 1 with s = 1 / (1 + ηλ) stands for η > (β − 1) / λ."),
      JudgedClaim(
        .proximalStepsWiden, proximalIsWider ? .holds : .fails, evidence: shares.joined(separator: "; ") + "."),
    ]
  }

  /// The maps as heat maps, two beside each other.
  package var charts: [Block] {
    let grid = QuadraticMap.grid
    let charts = maps.map { map in
      Block.heatMap(
        HeatMap(
          map.method.title, x: Axis("step size η"), columns: grid, y: Axis("momentum β"), rows: grid,
          values: map.distances, color: Axis("‖x₁₀₀ − x*‖², at most 10", range: 0...QuadraticMap.cap)))
    }
    return charts.inPairs
  }

  /// The report.
  package var document: Document {
    return Document(
      title: "Where each method converges on a quadratic",
      subtitle: "Step sizes and momenta from −5 to 5, Kim, Toulis & Kyrillidis (L4DC 2022), figure 1",
      sections: [
        Section("Claims", claims.map(\.block)), Section("Maps", charts),
        Section("Agreement", [.table(table)]),
        Section("Environment", [.facts(Environment.facts), .code("espalier reproduce sppam-quadratic")]),
      ])
  }
}

extension QuadraticMethod {
  /// The name in a report.
  var title: String {
    switch self {
    case .gradientDescent: "GD"
    case .proximalPoint: "PPA"
    case .gradientDescentWithMomentum: "GDM"
    case .proximalPointWithMomentum: "PPAM"
    case .nesterov: "Nesterov"
    }
  }
}
