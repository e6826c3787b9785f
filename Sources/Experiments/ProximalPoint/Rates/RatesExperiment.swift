import EspalierFiles
import EspalierReports
import EspalierWorkflows

/// `reproduce sppam-rates`: the theory of SPPAM beside what is measured.
package struct RatesExperiment: Sendable {
  /// The contraction factors.
  package let factors: ContractionFactors
  /// Speed against neighbourhood.
  package let trade: NeighbourhoodTrade
  /// Wrong constants.
  package let sensitivity: ConstantSensitivity
  /// Damped momentum.
  package let damped: DampedProof

  /// Runs the parts that are missing; averages are over so many steps, and what is random follows from `seed`.
  ///
  /// - Parameters:
  ///   - kept: The parts of an earlier run, to which these are added.
  ///   - progress: Called after each part.
  package init(
    iterations: Int, seed: UInt64, keptIn kept: KeptResults = .none, progress: () -> Void = {}
  ) throws(EspalierError) {
    factors = try kept.value("contraction factors") { ContractionFactors(seed: seed) }
    progress()
    trade = try kept.value("neighbourhood") { NeighbourhoodTrade(iterations: iterations, seed: seed) }
    progress()
    sensitivity = try kept.value("wrong constants") { ConstantSensitivity() }
    progress()
    damped = try kept.value("damped momentum") { () throws(EspalierError) in
      try DampedProof(iterations: iterations, seed: seed)
    }
    progress()
  }

  /// The number of parts.
  package static let partCount = 4

  /// All claims.
  package var claims: [JudgedClaim] { parts.flatMap(\.claims) }
  /// A table for each part.
  package var tables: [Table] { parts.map(\.table) }

  private var parts: [(title: String, claims: [JudgedClaim], table: Table)] {
    [
      ("Contraction factors", factors.claims, factors.table),
      ("Speed and neighbourhood", trade.claims, trade.table),
      ("Wrong constants", sensitivity.claims, sensitivity.table),
      ("Damped momentum", damped.claims, damped.table),
    ]
  }

  /// The report.
  package var document: Document {
    Document(
      title: "The theory of SPPAM, measured",
      subtitle: "Contraction, neighbourhood and sensitivity, Kim, Toulis & Kyrillidis (L4DC 2022), section 4",
      sections: parts.map { Section($0.title, $0.claims.map(\.block) + [.table($0.table)]) } + [
        Section("Environment", [.facts(Environment.facts), .code("espalier reproduce sppam-rates")])
      ])
  }
}

extension RatesExperiment: Encodable {
  private enum CodingKeys: String, CodingKey { case factors, trade, sensitivity, damped, claims }

  /// Writes the parts and all claims.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(factors, forKey: .factors)
    try container.encode(trade, forKey: .trade)
    try container.encode(sensitivity, forKey: .sensitivity)
    try container.encode(damped, forKey: .damped)
    try container.encode(claims, forKey: .claims)
  }
}
