import EspalierPruning
import EspalierReports

extension CostOfPruning {
  /// The verdicts on the paper's claims.
  package var verdicts: [Block] { [costVerdict, gramVerdict, accuracyVerdict] }

  /// "Several" orders of magnitude means at least two.
  private var costVerdict: Block {
    let (sampled, exhaustive) = (ratios(of: .sampled), ratios(of: .exhaustive))
    let holds = [sampled, exhaustive].map { $0.min() ?? 0 >= 100 }
    return .verdict(
      holds == [true, true] ? .holds : holds.contains(true) ? .mixed : .fails,
      claim:
        "i-SpaSP is several orders of magnitude cheaper than greedy forward selection evaluated by forward passes.",
      evidence: "Calibration included, trying every unit on all \(Format.grouped(sampleCount)) samples takes "
        + "\(range(exhaustive)) as long at the \(exhaustive.count) smallest sizes; trying 50 candidates on a "
        + "mini-batch of \(miniBatch) takes \(range(sampled)) as long.")
  }

  private var gramVerdict: Block {
    let largest = sizes.max() ?? 0
    return .verdict(
      .information, claim: "From the Gram matrix the same greedy selection costs as little as i-SpaSP.",
      evidence: "At \(largest) units: "
        + Algorithm.allCases.compactMap { algorithm in
          entry(algorithm, largest).map { "\(algorithm.rawValue) \(Format.duration($0.seconds))" }
        }.joined(separator: "; ") + ".")
  }

  private var accuracyVerdict: Block {
    let gaps = sizes.compactMap { size -> Double? in
      guard let greedy = entry(.gram, size), let ours = entry(.iSpaSP, size) else { return nil }
      return ours.accuracy - greedy.accuracy
    }
    let (worst, best) = (gaps.min() ?? 0, gaps.max() ?? 0)
    return .verdict(
      worst >= -0.01 ? .holds : best >= -0.01 ? .mixed : .fails,
      claim: "i-SpaSP is as accurate as greedy forward selection at the same size, without fine-tuning.",
      evidence: "Accuracy of i-SpaSP minus that of greedy forward selection: from \(points(worst)) to \(points(best)).")
  }

  private func range(_ ratios: [Double]) -> String {
    "\(Format.times(ratios.min() ?? 0)) to \(Format.times(ratios.max() ?? 0))"
  }

  private func points(_ fraction: Double) -> String {
    "\(Format.fixed(fraction * 100, decimals: 1)) percentage points"
  }

  /// Accuracy and seconds by algorithm and size.
  package var tables: [Table] {
    func table(_ caption: String, _ best: Column.Best, _ cell: (Entry) -> Cell) -> Table {
      Table(
        [Column("Method")] + sizes.map { .numbers("\($0)", best: best) },
        rows: Algorithm.allCases.map { algorithm in
          [Cell(algorithm.rawValue)] + sizes.map { entry(algorithm, $0).map(cell) ?? "" }
        },
        caption: caption)
    }
    return [
      table("Time to prune by hidden units kept, calibration included.", .lowest) { .duration($0.seconds) },
      table("Test accuracy by hidden units kept, weights unchanged.", .highest) { .percent($0.accuracy) },
    ]
  }

  /// Seconds and accuracy against size.
  package var charts: Block {
    let size = Axis("hidden units kept", .logarithmic, ticks: sizes.sorted().map(Double.init))
    func series(_ y: (Entry) -> Double) -> [Series] {
      Algorithm.allCases.map { algorithm in
        Series(
          algorithm.rawValue, entries.filter { $0.algorithm == algorithm }.map { Point(Double($0.kept), y($0)) },
          isEmphasised: algorithm == .iSpaSP)
      }
    }
    return .sideBySide([
      .chart(Chart("Time to prune", x: size, y: Axis("seconds", .logarithmic), series: series { $0.seconds })),
      .chart(
        Chart(
          "Accuracy, weights unchanged", x: size, y: Axis("test accuracy", labels: .percentages),
          series: series { $0.accuracy })),
    ])
  }
}
