import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierPruning
import EspalierReports

extension PruningReport {
  /// All that changed, in one line: answers, costs and measured latency.
  package var summary: String {
    let (before, after) = (result.before, result.after)
    func change(_ name: String, _ cost: KeyPath<ModelCost, Int>, _ text: (Int) -> String) -> String {
      let (old, new) = (before[keyPath: cost], after[keyPath: cost])
      return "\(name) \(text(old)) → \(text(new)) (\(Format.percent(Double(new) / Double(max(old, 1)))))"
    }
    let times = [latency.before, latency.after].map { Format.duration($0.median) }.joined(separator: " → ")
    let costs = [
      change("MACs", \.macs) { Format.count($0) }, change("parameters", \.parameters) { Format.count($0) },
      change("stored", \.bytes) { Format.bytes($0) }, "latency \(times) (\(latency.verdict))",
    ]
    return [fidelity.map(\.sentence), costs.joined(separator: ", ")].compactMap { $0 }.joined(separator: "; ") + "."
  }

  /// The sizes that costs and latencies are of, where the file leaves sizes open; `nil` elsewhere.
  package var basis: String? {
    guard !result.countedFor.isEmpty else { return nil }
    let shapes = result.countedFor.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    return "MACs and latency are those of \(shapes.listed()), as calibrated: the file leaves sizes open."
  }

  /// The correctness of surgery, which is independent of the loss through pruning.
  package var surgery: String {
    result.verification.sentence + (distillation == nil ? "" : " This was checked before distillation.")
  }

  /// The reasons why the result may be worse than it looks, each in a sentence.
  package var warnings: [String] {
    [
      result.graph.opaque?.sentence, result.graph.standInSentence, wholeNumbers, tooFewInputs, nothingHeldOut,
      duplicates,
    ].compactMap { $0 } + budgetWarnings
      + (distillation?.warnings ?? [])
  }

  private var wholeNumbers: String? {
    let readers = Set(result.groups.flatMap(\.group.consumers).map(\.label))
    let layers = result.graph.nodes.filter(Graph.isOfWholeNumbers).map(\.label).filter(readers.contains)
    guard request.refit != nil, !layers.isEmpty else { return nil }
    return "the file multiplies whole numbers in \(layers.listed(atMost: 4)), so these layers keep "
      + "their weights and are not re-fitted; a network that is pruned before it is quantised loses less"
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

  private var duplicates: String? {
    let count = provenance.calibration.duplicates
    guard count > 0 else { return nil }
    return
      (count == 1
      ? "1 input is an exact copy of another" : "\(Format.grouped(count)) inputs are exact copies of others")
      + ": copies are all held out or all used, and say nothing new"
  }

  /// A row for each output.
  var fidelityTables: [Block] {
    guard let fidelity else { return [] }
    return [
      .table(
        Table(
          [
            "Output", .numbers("same first class"), .numbers("relative error"), .numbers("KL divergence, nats"),
          ],
          rows: fidelity.outputs.map { output in
            [
              Cell(output.name), output.agreement.map { .percent($0) } ?? "",
              output.relativeError.map { .number($0, digits: 3) } ?? "",
              output.klDivergence.map { .number($0, digits: 3) } ?? "",
            ]
          },
          caption:
            "Against the dense network, on \(Format.grouped(fidelity.samples)) inputs held out: for how many the same "
            + "entry is the largest, ‖small − dense‖ / ‖dense‖, and the mean of KL(dense ‖ small) over rows of class "
            + "scores."))
    ]
  }

  /// The figures that a reader looks for first.
  var facts: Facts {
    let (before, after) = (result.before, result.after)
    func left(_ cost: KeyPath<ModelCost, Int>) -> String {
      Format.percent(Double(after[keyPath: cost]) / Double(max(before[keyPath: cost], 1)))
    }
    var facts: [Facts.Fact] = []
    if let agreement = fidelity?.agreement, let interval = fidelity?.agreementInterval {
      facts.append(.init("Answers as the dense network", "\(Format.percent(agreement)) (\(interval.text))"))
    }
    if let error = fidelity?.relativeError { facts.append(.init("Relative error", Format.number(error, digits: 3))) }
    if let divergence = fidelity?.worstDivergence?.klDivergence {
      facts.append(.init("KL divergence, nats", Format.number(divergence, digits: 3)))
    }
    facts += [
      .init("MACs left", left(\.macs)), .init("Parameters left", left(\.parameters)),
      .init("Bytes left", left(\.bytes)),
      .init("Latency, \(latency.outcome)", Format.times(latency.speedup)),
    ]
    return Facts(facts)
  }

  /// A warning as a block of the page.
  static func warning(_ sentence: String) -> Block {
    .verdict(.caution, claim: sentence.prefix(1).uppercased() + sentence.dropFirst() + ".", evidence: "")
  }
}
