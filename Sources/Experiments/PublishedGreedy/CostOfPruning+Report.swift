import Pruning
import Reports

extension CostOfPruning {
  private var titles: [String] { [ISpaSP.title, Self.gramTitle, Self.publishedTitle] }
  private var sizes: [Int] { entries.filter { $0.title == ISpaSP.title }.map(\.kept) }

  /// How many times as long the published method takes as i-SpaSP, size by size.
  public var ratios: [Double] {
    sizes.compactMap { size in
      guard let published = entry(Self.publishedTitle, size), let ours = entry(ISpaSP.title, size) else { return nil }
      return published.seconds / ours.seconds
    }
  }

  /// The verdicts on what the paper claims.
  public var verdicts: [Block] {
    let (low, high) = (ratios.min() ?? 0, ratios.max() ?? 0)
    let gaps = sizes.compactMap { size -> Double? in
      guard let greedy = entry(Self.gramTitle, size), let ours = entry(ISpaSP.title, size) else { return nil }
      return ours.accuracy - greedy.accuracy
    }
    let (worst, best) = (gaps.min() ?? 0, gaps.max() ?? 0)
    return [
      .verdict(
        low >= 100 ? .holds : high >= 100 ? .mixed : .fails,
        claim:
          "i-SpaSP is several orders of magnitude cheaper than greedy forward selection evaluated by forward passes.",
        evidence:
          "\(Format.times(low)) to \(Format.times(high)) over the sizes, calibration included; the published method "
          + "sees a mini-batch of \(miniBatch) samples and tries 50 candidates a step."),
      .verdict(
        .information, claim: "From the Gram matrix the same greedy selection costs about as little.",
        evidence: "At \(sizes.first ?? 0) units: "
          + titles.compactMap { title in
            entry(title, sizes.first ?? 0).map { "\(title) \(Format.duration($0.seconds))" }
          }.joined(separator: ", ") + "."),
      .verdict(
        worst >= -0.01 ? .holds : best >= -0.01 ? .mixed : .fails,
        claim: "i-SpaSP is as accurate as greedy forward selection at the same size, without fine-tuning.",
        evidence: "Its accuracy differs by \(Format.percent(worst)) to \(Format.percent(best)) points of accuracy."),
    ]
  }

  /// Accuracy and seconds by method and size.
  public var tables: [Block] {
    func table(_ caption: String, _ best: Column.Best, _ cell: (Entry) -> Cell) -> Block {
      .table(
        Table(
          [Column("Method")] + sizes.map { .numbers("\($0)", best: best) },
          rows: titles.map { title in [Cell(title)] + sizes.map { entry(title, $0).map(cell) ?? "" } }, caption: caption
        ))
    }
    return [
      table("Time to prune by hidden units kept, calibration included.", .lowest) { .duration($0.seconds) },
      table("Test accuracy by hidden units kept, weights unchanged.", .highest) { .percent($0.accuracy) },
    ]
  }

  /// Seconds against size, and accuracy against seconds.
  public var charts: [Block] {
    let size = Axis("hidden units kept", .logarithmic, ticks: sizes.map(Double.init))
    func series(_ y: (Entry) -> Double) -> [Series] {
      titles.map { title in
        Series(
          title, entries.filter { $0.title == title }.map { Point(Double($0.kept), y($0)) },
          isEmphasised: title == ISpaSP.title)
      }
    }
    return [
      .sideBySide([
        .chart(
          Chart("Time to prune", x: size, y: Axis("seconds", .logarithmic), series: series { $0.seconds })),
        .chart(
          Chart(
            "Accuracy, weights unchanged", x: size, y: Axis("test accuracy", labels: .percentages),
            series: series { $0.accuracy })),
      ])
    ]
  }
}
