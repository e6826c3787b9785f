import EspalierDatasets
import EspalierPruning
import EspalierReports

/// What to do with a pruned network next, as its figures suggest.
package struct NextSteps: Sendable {
  /// One suggestion.
  package struct Step: Hashable, Sendable {
    /// The reason and the remedy, in a sentence or two.
    package let sentence: String
    /// The command that does it; `nil` if the user has to find something first.
    package let command: String?
  }

  /// The suggestions, the most urgent first; at least one.
  package private(set) var steps: [Step] = []

  private let report: PruningReport
  private var command: ShellCommand { report.provenance.command }

  /// A share is known well enough if its interval is at most so wide to either side.
  private static let precision = 0.03
  /// From this agreement on, next to nothing is lost.
  private static let good = 0.99

  /// The suggestions after the pruning that `report` describes.
  package init(after report: PruningReport) {
    self.report = report
    steps = [refit, moreInputs, keepMore, distil, finetune, measureBetter, runFaster, goSmaller].compactMap { $0 }
    if steps.isEmpty { steps = [evaluate] }
  }

  private var refit: Step? {
    guard report.request.refit == nil else { return nil }
    return Step(
      sentence: "The layers behind pruned groups were not re-fitted. A re-fit needs nothing more, and usually recovers "
        + "most of what was lost.", command: command.removing("--no-refit").text)
  }

  private var moreInputs: Step? {
    let needed = report.result.groups.compactMap(\.sufficiency).filter(\.isTooFew).map(\.samplesNeeded).max()
    guard needed != nil || report.fidelity == nil else { return nil }
    let count = max(needed ?? 0, HeldOutSamples.fewest)
    return Step(
      sentence: "The calibration inputs are too few. Give about \(Format.grouped(count)) of the kind that the network "
        + "will meet; they need no labels.", command: nil)
  }

  private var keepMore: Step? {
    guard hasChangedMuch else { return nil }
    return command.changingSize { (1 + $0) / 2 }.map {
      Step(sentence: "Many answers changed. Keep more, half way to the dense network.", command: $0.text)
    }
  }

  private var distil: Step? {
    guard hasChangedMuch, command.value(of: "--distil") == nil else { return nil }
    return Step(
      sentence:
        "Or keep the size, and let the small network learn the dense one's answers for ten minutes, on the same "
        + "inputs and without labels.", command: command.adding("--distil", "10").text)
  }

  private var finetune: Step? {
    guard hasChangedMuch else { return nil }
    return Step(
      sentence: "With labelled data (DATA), training recovers more.",
      command: tool("finetune", output, "--data", "DATA", "-o", "finetuned.onnx"))
  }

  private var measureBetter: Step? {
    guard let fidelity = report.fidelity, let agreement = fidelity.agreement, let interval = fidelity.agreementInterval,
      interval.high - interval.low > 4 * Self.precision
    else { return nil }
    let count = WilsonInterval.samples(for: agreement, within: Self.precision)
    return Step(
      sentence: "From \(fidelity.samples) inputs held out, the share of equal answers is known to be \(interval.text) "
        + "and no better. \(Format.grouped(count)) of them would tell it to 3 points; a fifth of the inputs is held "
        + "out.",
      command: nil)
  }

  private var runFaster: Step? {
    let (latency, result) = (report.latency, report.result)
    let isSmaller = Double(result.after.macs) < 0.9 * Double(result.before.macs)
    guard isSmaller, !latency.isUnchanged, !latency.isFaster, report.request.multiple != 16 else { return nil }
    return Step(
      sentence: "It takes fewer operations and is not faster on this machine: odd widths run slower than round ones.",
      command: command.setting("--round-to", to: "16").text)
  }

  private var goSmaller: Step? {
    guard !hasChangedMuch, let agreement = report.fidelity?.agreement,
      let interval = report.fidelity?.agreementInterval, agreement >= Self.good,
      interval.low >= Self.good - Self.precision, !report.latency.isUnchanged
    else { return nil }
    return command.changingSize { $0 / 2 }.map {
      Step(sentence: "Next to nothing was lost. Go smaller.", command: $0.text)
    }
  }

  private var evaluate: Step {
    Step(
      sentence: "Measure its accuracy on labelled data (DATA), if you have any.",
      command: tool("evaluate", output, "--data", "DATA"))
  }

  private var hasChangedMuch: Bool { report.fidelity?.caution != nil }

  private var output: String { command.outputPath ?? "small.onnx" }

  private func tool(_ words: String...) -> String {
    ShellCommand([command.arguments.first ?? "espalier"] + words).text
  }
}
