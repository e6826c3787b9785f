import EspalierFiles
import EspalierReports
import EspalierWorkflows

/// `reproduce ispasp-decay`: both sizes and four exponents, the fitted and the theoretical decay.
package struct DecayReport: Sendable {
  /// One curve for each size and exponent.
  package let decays: [SyntheticDecay]
  /// The number of random instances for each curve.
  package let trials: Int

  /// Hidden sizes of the paper.
  package static let sizes = [100, 200]
  /// Exponents of the paper.
  package static let exponents = [0.3, 0.5, 0.7, 0.9]

  /// The settings on which results depend, by name.
  package static func settings(trials: Int, seed: UInt64) -> [String: String] {
    ["trials": "\(trials)", "seed": "\(seed)"]
  }

  /// Runs what is missing of the experiment.
  ///
  /// - Parameters:
  ///   - kept: The curves of an earlier run, to which these are added.
  ///   - progress: Called after each curve.
  /// - Throws: `EspalierError` if results cannot be kept.
  package init(
    trials: Int, seed: UInt64, keptIn kept: KeptResults = .none, progress: () -> Void = {}
  ) throws(EspalierError) {
    var decays: [SyntheticDecay] = []
    for size in Self.sizes {
      for exponent in Self.exponents {
        decays.append(
          try kept.value("\(size) units, p = \(exponent)") {
            SyntheticDecay(hiddenSize: size, exponent: exponent, trials: trials, seed: seed)
          })
        progress()
      }
    }
    self.decays = decays
    self.trials = trials
  }

  /// Whether, at every size, a smaller p decays faster, and every curve at least as fast as the theory guarantees.
  package var holds: Bool {
    let promised = decays.allSatisfy { $0.fittedDegree >= $0.promisedDegree }
    let ordered = Self.sizes.allSatisfy { size in
      let degrees = decays.filter { $0.hiddenSize == size }.map(\.fittedDegree)
      return zip(degrees, degrees.dropFirst()).allSatisfy(>)
    }
    return promised && ordered
  }

  /// Degree of decay by size and exponent.
  package var table: Table {
    Table(
      [
        "Hidden units", .numbers("p"), .numbers("fitted degree"), .numbers("promised degree"),
        .numbers("residual at s = 1"), .numbers("residual at half size"),
      ],
      rows: decays.map { decay in
        [
          .count(decay.hiddenSize), .number(decay.exponent), .number(decay.fittedDegree, digits: 3),
          .number(decay.promisedDegree, digits: 3), .number(decay.residuals[0], digits: 2),
          .number(decay.residuals[decay.hiddenSize / 2 - 1], digits: 2),
        ]
      },
      caption:
        "Residuals are ‖U − U_S‖² / ‖U‖², geometric means of \(trials) instances; the degree d of s^−d is fitted "
        + "between a twentieth and half of the units.")
  }

  /// The paper's claims, judged.
  package var claims: [JudgedClaim] {
    let degrees = decays.filter { $0.hiddenSize == Self.sizes.last }.map {
      "p = \($0.exponent): \(Format.number($0.fittedDegree, digits: 3)) (at least "
        + "\(Format.number($0.promisedDegree, digits: 3)) promised)"
    }
    return [
      JudgedClaim(
        .polynomialDecay, holds ? .holds : .fails,
        evidence: "Fitted degrees at \(Self.sizes.last ?? 0) units: \(degrees.joined(separator: ", ")).")
    ]
  }

  /// The residuals against the size, a chart for each number of units.
  package var charts: Block {
    let charts = Self.sizes.map { size in
      Block.chart(
        Chart(
          "\(size) hidden units", x: Axis("units kept, s"), y: Axis("‖U − U_S‖² / ‖U‖²", .logarithmic),
          series: decays.filter { $0.hiddenSize == size }.map { decay in
            Series("p = \(decay.exponent)", x: (1..<size).map(Double.init), y: decay.residuals)
          }))
    }
    return .sideBySide(charts)
  }

  /// The report.
  package var document: Document {
    Document(
      title: "i-SpaSP on compressible hidden representations",
      subtitle: "Synthetic power-law decay, Wolfe & Kyrillidis (L4DC 2022), section 5",
      sections: [
        Section("Claim", claims.map(\.block)), Section("Residual against size", [charts]),
        Section("Degrees", [.table(table)]),
        Section("Environment", [.facts(Environment.facts), .code("espalier reproduce ispasp-decay")]),
      ])
  }
}
