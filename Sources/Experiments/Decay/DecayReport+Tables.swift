import EspalierPruning
import EspalierReports

extension DecayReport {
  /// All tables, for the terminal.
  package var tables: [Table] {
    [table, recoveryTable, depthTable] + (trained.isEmpty ? [] : [trainedTable])
  }

  /// Degree of decay by size and exponent.
  package var table: Table {
    Table(
      [
        "Hidden units", .numbers("p"), .numbers("fitted degree"), .numbers("promised degree"),
        .numbers("residual at s = 1"), .numbers("residual at half size"), .numbers("found"),
      ],
      rows: decays.map { decay in
        [
          .count(decay.hiddenSize), .number(decay.exponent), .number(decay.fittedDegree, digits: 3),
          .number(decay.promisedDegree, digits: 3), .number(decay.residuals[0], digits: 2),
          .number(decay.residuals[decay.hiddenSize / 2 - 1], digits: 2), .percent(decay.foundShare),
        ]
      },
      caption:
        "Residuals are ‖U − U_S‖² / ‖U‖², geometric means of \(trials) instances; the degree d of s^−d is fitted "
        + "between a twentieth and half of the units, and promised is 2/p − 1. Found is the share of the s largest "
        + "units that is kept, over all s.")
  }

  /// The share of the true support found, case by case.
  package var recoveryTable: Table {
    Table(
      [
        "Varied", .numbers("value"), .numbers("p"), .numbers("found"), .numbers("times the best"), .numbers("residual"),
        .numbers("isometry constant"), .numbers("condition"), .numbers("bound"),
      ],
      rows: recoveries.map { entry in
        [
          Cell(entry.series.rawValue), .number(entry.value), .number(entry.exponent), .percent(entry.foundShare),
          .number(entry.residualRatio, digits: 3), .number(entry.relativeResidual, digits: 3),
          Cell(Self.range(entry.isometryLower, entry.isometryUpper)), Cell("\(entry.covered)/\(trials)"),
          Self.number(entry.relativeBound),
        ]
      },
      caption:
        "\(SupportRecovery.kept) of \(SupportRecovery.hiddenSize) units; outputs of Gaussian weights (100 in the "
        + "other cases), noise in sizes of the smallest unit of the true support, expected inner products of the "
        + "columns (0: orthonormal). The residual over that of the true support, and over that of keeping nothing; the "
        + "restricted isometry constant of order \(3 * SupportRecovery.kept), which the theorem wants below "
        + "\(Format.number(RecoveryBound.threshold, digits: 3)), for how many instances it is known to be, and what "
        + "the theorem then allows, over the residual of keeping nothing.")
  }

  /// Error and bound by depth.
  package var depthTable: Table {
    Table(
      [.numbers("p"), "", .numbers("spectral norm")] + (1...DepthDecay.depth).map { .numbers("\($0)") },
      rows: depths.flatMap { depth in
        [("error", depth.errors), ("bound", depth.bounds)].map { name, values in
          [.number(depth.exponent), Cell(name), .number(depth.gain, digits: 3)]
            + values.map { .number($0, digits: 3) }
        }
      },
      caption: "‖U − Ũ‖ / ‖U‖ after so many pruned layers, \(DepthDecay.kept) of \(DepthDecay.width) units kept in "
        + "each, and what the multi-layer statement allows by the residuals that selection saw.")
  }

  /// The groups of the trained network.
  package var trainedTable: Table {
    Table(
      [
        "Group", .numbers("units"), .numbers("p"), .numbers("R² of p"), .numbers("weak-lp constant"),
        .numbers("fitted degree"), .numbers("R²"), .numbers("residual at half size"), .numbers("found"),
        .numbers("promised"),
      ],
      rows: trained.map { entry in
        let law = entry.compressibility
        let half = entry.sizes.lastIndex { 2 * $0 <= entry.units }
        return [
          Cell(entry.group), .count(entry.units), Self.number(law?.exponent), Self.number(law?.determination),
          Self.number(law?.constant), Self.number(entry.fittedDegree), Self.number(entry.determination),
          Self.number(half.map { entry.residuals[$0] }),
          .percent(entry.foundShares.reduce(0, +) / Double(max(entry.sizes.count, 1))),
          Cell("\(entry.promisedBelowHalf)/\(entry.sizes.count { 2 * $0 < entry.units })"),
        ]
      },
      caption: "Residuals of i-SpaSP are relative to that of keeping nothing, weights unchanged; the degree is fitted "
        + "up to half of the units. Found is the mean share of the s largest units that is kept; promised, for how "
        + "many of the sizes below half the theorem promises anything.")
  }

  private static func number(_ value: Double?) -> Cell {
    value.map { $0.isFinite ? .number($0, digits: 3) : Cell("∞", value: $0) } ?? "–"
  }

  private static func range(_ lower: Double, _ upper: Double) -> String {
    let (low, high) = (Format.number(lower, digits: 3), Format.number(upper, digits: 3))
    return low == high ? low : upper.isFinite ? "\(low) to \(high)" : "at least \(low)"
  }
}
