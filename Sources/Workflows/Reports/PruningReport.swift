import EspalierEngine
import EspalierInference
import EspalierPruning
import EspalierReports

/// The report of one pruning: request and result, group by group.
package struct PruningReport: Sendable {
  /// What was run, on which network and inputs.
  package let provenance: Provenance
  /// The name of the network.
  package let model: String
  /// The request.
  package let request: PruningRequest
  /// The result.
  package let result: PruningResult
  /// The agreement of the pruned network with the dense one, on inputs that were not used to make it; `nil` if none
  /// were held out.
  package let fidelity: Fidelity?
  /// The latencies of both networks.
  package let latency: LatencyComparison
  /// The layers with their widths, for the picture; `nil` for a report without one.
  package let outline: NetworkOutline?
  /// What became of the budgets; `nil` if widths were asked for.
  package var budget: BudgetOutcome?
  /// The size-error curves by which budgets were shared out, if they were.
  package var sensitivity: Sensitivity?
  /// The distillation that followed; `nil` without one.
  package var distillation: DistillationReport?

  /// Reports on `result`.
  package init(
    provenance: Provenance, model: String, request: PruningRequest, result: PruningResult, fidelity: Fidelity?,
    latency: LatencyComparison, outline: NetworkOutline? = nil
  ) {
    self.provenance = provenance
    self.model = model
    self.request = request
    self.result = result
    self.fidelity = fidelity
    self.latency = latency
    self.outline = outline
  }

  /// Cost before and after, side by side.
  package var costTable: Table {
    let (before, after) = (result.before, result.after)
    func row(_ name: String, _ before: Int, _ after: Int, _ text: (Int) -> String) -> [Cell] {
      [Cell(name), Cell(text(before)), Cell(text(after)), .percent(Double(after) / Double(max(before, 1)))]
    }
    func times(_ name: String, _ time: (Latency) -> Double) -> [Cell] {
      let (before, after) = (time(latency.before), time(latency.after))
      return [
        Cell("Latency, \(name), batch \(latency.batch)"), .duration(before), .duration(after), .percent(after / before),
      ]
    }
    return Table(
      ["", .numbers("dense"), .numbers("pruned"), .numbers("left")],
      rows: [
        row("Parameters", before.parameters, after.parameters) { Format.count($0) },
        row("MACs for one sample", before.macs, after.macs) { Format.count($0) },
        row("Stored", before.bytes, after.bytes) { Format.bytes($0) },
        row("Activations of one sample, at the peak", before.peakActivationBytes, after.peakActivationBytes) {
          Format.bytes($0)
        },
        times("median", \.median), times("p90", \.p90),
      ])
  }

  /// Requested and actual sizes, group by group.
  package var groupTable: Table {
    Table(
      [
        "Group", .numbers("units"), .numbers("asked"), .numbers("kept"), .numbers("achieved"), "method",
        .numbers("relative residual"), .numbers("after re-fit"),
      ],
      rows: result.groups.map { entry in
        let group = entry.group
        let kept = entry.selection.kept.count
        return [
          Cell(group.id), .count(group.size), .percent(request.asked(of: group)), .count(kept),
          .percent(Double(kept) / Double(group.size)),
          Cell(entry.method), .number(entry.relativeResidual),
          entry.relativeRefittedResidual.map { .number($0) } ?? "",
        ]
      },
      caption: "Relative residuals are ‖U − U_S‖² / ‖U‖² over the calibration data, U the output of the next layer; "
        + "those after a re-fit are of the inputs that it was made from, and larger on others.")
  }

  /// Seconds spent, stage by stage.
  package var timeTable: Table {
    let seconds = result.seconds
    return Table(
      ["Stage", .numbers("time")],
      rows: [
        [Cell("Calibration, \(Format.grouped(result.sampleCount)) samples"), .duration(seconds.calibration)],
        ["Selection", .duration(seconds.selection)], ["Re-fit", .duration(seconds.refit)],
        ["Surgery", .duration(seconds.surgery)], ["Verification", .duration(seconds.verification)],
        ["Total", .duration(seconds.total)],
      ])
  }

  /// The report as a page.
  package var document: Document {
    var sections = [
      Section("What changed", changes + budgetSentences.map(Block.paragraph)), Section("What to do next", nextSteps),
    ]
    if !picture.isEmpty { sections.append(Section("The network", picture)) }
    sections.append(
      Section(
        "Asked and achieved",
        [.table(costTable)] + [basis].compactMap(\.self).map(Block.paragraph) + [.table(groupTable)]))
    if let distillation {
      let paragraphs = distillation.sentences.map(Block.paragraph)
      sections.append(Section("Distillation", paragraphs + [.table(distillation.table)]))
    }
    sections.append(Section("Residuals", residualCurves.map(Block.chart)))
    if let theorySection { sections.append(theorySection) }
    if let sensitivity { sections.append(Section("Size-error curves", [.chart(sensitivity.divergenceChart)])) }
    sections.append(Section("Correctness", [.paragraph(surgery), .paragraph(Self.limitOfSurgery)]))
    sections.append(Section("Dependencies", [.details(summary: "What goes together", [.table(dependencies)])]))
    sections.append(Section("Time", [.table(timeTable)]))
    sections.append(
      Section("Provenance", [.facts(provenance.facts), .facts(Environment.facts), .code(provenance.command.text)]))
    return Document(title: "Pruned: \(model)", subtitle: request.method.title, sections: sections)
  }

  private static let limitOfSurgery =
    "That says that nothing went wrong, not that the answers are the dense network's: how far they are is said under "
    + "*What changed*."

  private var changes: [Block] {
    [.facts(facts)] + [fidelity?.caution].compactMap { $0.map(Self.warning) } + [.paragraph(summary)]
      + fidelityTables + warnings.map(Self.warning)
  }

  private var nextSteps: [Block] {
    NextSteps(after: self).steps.flatMap { step in
      [.paragraph(step.sentence)] + (step.command.map { [.code($0)] } ?? [])
    }
  }

  private var dependencies: Table {
    Table(["Group", "Depends"], rows: result.groups.map { [Cell($0.group.id), Cell($0.group.chain)] })
  }

  private var residualCurves: [Chart] {
    let series = result.groups.compactMap { entry -> Series? in
      let residuals = entry.selection.trace.compactMap(\.residualBefore) + [entry.residual]
      guard residuals.count > 1 else { return nil }
      return Series(
        entry.group.id,
        residuals.enumerated().map {
          Point(Double($0 + 1), $1 / max(entry.outputEnergy, .leastNormalMagnitude))
        })
    }
    guard !series.isEmpty else { return [groupResiduals] }
    let longest = series.map(\.points.count).max() ?? 1
    return [
      groupResiduals,
      Chart(
        "Residual before each iteration, and at the end", x: Axis("iteration", ticks: (1...longest).map(Double.init)),
        y: Axis("‖V‖² / ‖U‖²", .logarithmic),
        series: series),
    ]
  }
}
