import Foundation

extension GroupTheory {
  /// What the theorem promises, why it promises nothing if so, and what came out.
  package var sentence: String {
    [promise, compressibilitySentence, outcome].compactMap { $0 }.joined(separator: " ")
  }

  private var promise: String {
    switch verdict {
    case .promises:
      let condition = 2 * kept >= units ? "whatever the weights are, because 2s covers all units" : constant
      return "The theorem bounds i-SpaSP's residual by \(Self.text(relativeBound)) of that of keeping nothing "
        + "(\(condition))."
    case .vacuous:
      return "The theorem promises nothing: its bound is \(Self.text(relativeBound)) times the residual of keeping "
        + "nothing."
    case .notIsometric:
      return "The theorem promises nothing: \(constant), and it needs one below \(Self.text(RecoveryBound.threshold))."
    case .undecided:
      return "Whether the theorem promises anything is not known: \(constant), and it needs one below "
        + "\(Self.text(RecoveryBound.threshold))."
    }
  }

  private var constant: String {
    let subject = "the restricted isometry constant of order \(isometry.order)"
    switch isometry.knowledge {
    case .dependent: return "\(subject) is 1, as of any \(isometry.order) columns of \(outputs) outputs"
    case .enumerated: return "\(subject) is \(Self.text(isometry.lower)), by all \(isometry.examined) sets of units"
    case .bounded:
      return "\(subject) is at least \(Self.text(isometry.lower)) by \(isometry.examined) sampled sets of units and at "
        + "most \(Self.text(isometry.upper)) by Gershgorin's circles"
    }
  }

  private var compressibilitySentence: String? {
    guard let compressibility else { return nil }
    let law =
      "The units' sizes fall with p = \(Self.text(compressibility.exponent)) (R² "
      + "\(Self.text(compressibility.determination)))"
    guard let degree = compressibility.promisedDegree else {
      return "\(law): from p = 1 on compressibility promises no decay."
    }
    return "\(law): under the theorem's condition the residual falls at least like s^-\(Self.text(degree))."
  }

  private var outcome: String? {
    relativeResidual.map {
      "i-SpaSP itself leaves \(Self.text($0)) of the residual of keeping nothing, and finds "
        + "\(Int((foundShare * 100).rounded())) % of the \(kept) largest units."
    }
  }

  /// Three significant digits.
  private static func text(_ number: Double?) -> String {
    number.map { $0.isFinite ? String(format: "%.3g", $0) : "infinity" } ?? "an unknown share"
  }
}
