import EspalierPruning
import EspalierReports

extension PruningReport {
  /// The fidelity and the costs of the pruned network relative to the dense one, in sentences.
  package var changes: [String] {
    let learnt = distillation?.sentences ?? []
    guard let fidelity else { return learnt + [costSentence] }
    let inputs = fidelity.samples == 1 ? "1 input" : "\(Format.grouped(fidelity.samples)) inputs"
    let whose =
      fidelity.isTwin
      ? "On \(inputs) that a twin, pruned in the same way without them, has not seen"
      : "On \(inputs) that neither selection nor re-fit\(distillation == nil ? "" : " nor distillation") has seen"
    let answers = fidelity.outputs.map { output in
      let parts = [
        output.agreement.map { "top-1 agreement \(Format.percent($0))" },
        output.relativeError.map { "relative error \(Format.number($0, digits: 3))" },
      ].compactMap { $0 }
      return "\(output.name): " + (parts.isEmpty ? "nothing to compare" : parts.joined(separator: ", "))
    }
    return ["\(whose), \(answers.joined(separator: "; "))."] + learnt + [costSentence]
  }

  /// The cost of running and storing the network.
  private var costSentence: String {
    let (before, after) = (result.before, result.after)
    func share(_ after: Int, _ before: Int) -> String { Format.percent(Double(after) / Double(max(before, 1))) }
    return "It takes \(share(after.macs, before.macs)) of the operations and "
      + "\(share(after.parameters, before.parameters)) of the parameters; measured, it is \(latency.verdict)."
  }

  /// The correctness of surgery, which is independent of the loss through pruning.
  package var surgery: String {
    "Surgery is exact\(distillation == nil ? "" : " (checked before distillation)"): the network equals the dense one "
      + "with the same weights and the dropped units masked, to "
      + "\(Format.number(result.verification.relativeDifference, digits: 2)) relative on "
      + "\(result.verification.sampleCount) calibration inputs (\(Verification.tolerance) is allowed)."
  }

  /// The reasons why the result may be worse than it looks, each in a sentence.
  package var warnings: [String] {
    [tooFewInputs, nothingHeldOut].compactMap { $0 } + (distillation?.warnings ?? [])
  }

  private var tooFewInputs: String? {
    let poor = result.groups.compactMap { group in
      group.sufficiency.flatMap { $0.isTooFew ? (id: group.group.id, $0) : nil }
    }
    guard let worst = poor.max(by: { $0.1.samplesNeeded < $1.1.samplesNeeded }) else { return nil }
    let (id, seen) = worst
    return "\(Format.grouped(seen.samples)) calibration inputs are too few to re-fit what reads "
      + (poor.count == 1 ? id : "\(poor.count) of \(result.groups.count) groups, worst \(id)")
      + ": \(Format.grouped(seen.weights)) weights of each output from \(Format.grouped(seen.rows)) rows; about "
      + "\(Format.grouped(seen.samplesNeeded)) inputs would do"
  }

  private var nothingHeldOut: String? {
    guard fidelity == nil else { return nil }
    return "there are too few calibration inputs to hold any out, so nothing says what the network does on others"
  }

  /// A row for each output.
  var fidelityTables: [Block] {
    guard let fidelity else { return [] }
    return [
      .table(
        Table(
          ["Output", .numbers("top-1 agreement"), .numbers("relative error")],
          rows: fidelity.outputs.map { output in
            [
              Cell(output.name), output.agreement.map { .percent($0) } ?? "",
              output.relativeError.map { .number($0, digits: 3) } ?? "",
            ]
          },
          caption:
            "Against the dense network, on \(Format.grouped(fidelity.samples)) inputs held out: for how many the same "
            + "entry is the largest, and ‖small − dense‖ / ‖dense‖."))
    ]
  }

  /// A warning as a block of the page.
  static func warning(_ sentence: String) -> Block {
    .verdict(.mixed, claim: "Mind this.", evidence: sentence.prefix(1).uppercased() + sentence.dropFirst() + ".")
  }
}
