import EspalierFiles
import EspalierPruning
import EspalierReports

extension Fidelity {
  /// How far the small network answers as the dense one, in a sentence without its end.
  package var sentence: String {
    let inputs = samples == 1 ? "1 input" : "\(Format.grouped(samples)) inputs"
    let whose =
      isTwin
      ? "On \(inputs) that a twin, pruned in the same way without them, has not seen"
      : "On \(inputs) that neither selection nor re-fit has seen"
    let parts = [agreementText, errorText, divergenceText].compactMap { $0 }
    return parts.isEmpty ? "\(whose), no output can be compared" : "\(whose), " + parts.joined(separator: ", ")
  }

  private var agreementText: String? {
    guard let agreement, let interval = agreementInterval else { return nil }
    return "it answers as the dense network on \(Format.percent(agreement)) (95 % interval \(interval.text))"
  }

  private var errorText: String? {
    guard let error = relativeError, let worst = outputs.first(where: { $0.relativeError == error }) else { return nil }
    let text = "relative error \(Format.number(error, digits: 3))\(place(worst))"
    return agreement == nil ? "its answers differ from the dense network's: \(text)" : text
  }

  private var divergenceText: String? {
    worstDivergence.flatMap { worst in
      worst.klDivergence.map { "KL divergence \(Format.number($0, digits: 3)) nats\(place(worst))" }
    }
  }

  /// Where the figure of the worst output comes from, if there are several.
  private func place(_ output: Output) -> String {
    outputs.count == 1 ? "" : " (\(output.name), the worst of \(outputs.count) outputs)"
  }

  /// A warning where the small network answers otherwise than the dense one: with another first class on more than a
  /// tenth of inputs, beyond what chance explains, or, in outputs that are no classes, with more than a tenth of the
  /// energy in error. `nil` where it does not.
  package var caution: String? {
    if let agreement, let interval = agreementInterval, interval.high < 0.9 {
      return "it answers otherwise than the dense network on \(Format.percent(1 - agreement)) of the inputs held out"
    }
    let others = outputs.filter { $0.agreement == nil }
    guard let worst = others.max(by: { ($0.relativeError ?? 0) < ($1.relativeError ?? 0) }),
      let error = worst.relativeError, error * error > 0.1
    else { return nil }
    return "output \(worst.name) differs from the dense network's by a relative error of "
      + Format.number(error, digits: 3)
  }
}

extension WilsonInterval {
  /// The interval in words: `89.3 to 94.5 %`.
  package var text: String { "\(Format.fixed(low * 100, decimals: 1)) to \(Format.percent(high))" }
}

extension Verification {
  /// That surgery is exact, in a sentence, which says nothing of what pruning costs.
  package var sentence: String {
    let place = choices.isEmpty ? "" : "up to \(choices.listed(atMost: 3, separator: " and ")), "
    return
      "Surgery is exact: \(place)the network equals the dense one with the same weights and the dropped units masked, "
      + "to \(Format.number(relativeDifference, digits: 2)) relative on "
      + "\(sampleCount) calibration inputs (\(Self.tolerance) is allowed)."
      + (choices.isEmpty ? "" : " What is chosen there hangs on rounding and is not compared.")
  }
}
