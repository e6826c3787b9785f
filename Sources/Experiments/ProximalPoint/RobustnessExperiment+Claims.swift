import EspalierReports

extension RobustnessExperiment {
  /// The paper's claims on the averaged form, which it describes, and further claims on the joint form.
  package var claims: [JudgedClaim] {
    [convergesWherePlainDoes, isFaster, isIndependentOfCondition, isAloneOnHardPoisson, dampingKeepsTheJointForm]
  }

  private var convergesWherePlainDoes: JudgedClaim {
    var cases: [(name: String, holds: Bool)] = []
    for (kind, condition) in problems {
      let (plain, momentum) = (curve(kind, condition, .sppa).converges, curve(kind, condition, .sppam).converges)
      for (index, step) in Self.steps.enumerated() where plain[index] {
        cases.append(("\(Self.title(kind, condition)), η = \(Format.number(step))", momentum[index]))
      }
    }
    let failures = cases.filter { !$0.holds }.map(\.name)
    guard !cases.isEmpty else {
      return leftOpen(.convergesWhereSPPADoes, because: "SPPA meets the tolerance nowhere")
    }
    return JudgedClaim(
      .convergesWhereSPPADoes, failures.isEmpty ? .holds : .fails,
      evidence: failures.isEmpty
        ? "In all \(cases.count) such cases."
        : "Not for \(failures.count) of \(cases.count): " + failures.joined(separator: "; ") + ".")
  }

  private var isFaster: JudgedClaim {
    var ratios: [Double] = []
    for (kind, condition) in problems {
      for (plain, momentum) in zip(curve(kind, condition, .sppa).medians, curve(kind, condition, .sppam).medians)
      where plain.isFinite && momentum.isFinite {
        ratios.append(plain / momentum)
      }
    }
    guard let least = ratios.min(), let most = ratios.max() else {
      return leftOpen(.fasterThanSPPA, because: "nowhere do both meet the tolerance")
    }
    return JudgedClaim(
      .fasterThanSPPA, least > 1 ? .holds : most > 1 ? .mixed : .fails,
      condition: "in \(ratios.count { $0 > 1 }) of \(ratios.count) cases",
      evidence: "SPPA takes \(Format.times(least)) to \(Format.times(most)) as many iterations.")
  }

  private var isIndependentOfCondition: JudgedClaim {
    func spread(_ method: RobustnessMethod) -> Double {
      // From step size 1 on, where proximal steps have their full length.
      let medians = RobustnessProblem.Kind.linear.conditionNumbers.flatMap { condition in
        curve(.linear, condition, method).medians.suffix(4)
      }
      return (medians.max() ?? .infinity) / (medians.min() ?? .infinity)
    }
    let factor = spread(.sppam)
    guard factor.isFinite else {
      return leftOpen(.independentOfCondition, because: "SPPAM does not meet the tolerance everywhere")
    }
    return JudgedClaim(
      .independentOfCondition, factor <= 2 ? .holds : .fails,
      evidence: "Linear regression with η from 1 to 1000 and condition numbers 1 to 10: the most iterations are "
        + "\(Format.times(factor)) the fewest (SPPA: \(Self.ratio(spread(.sppa)))).")
  }

  private var isAloneOnHardPoisson: JudgedClaim {
    let others: [RobustnessMethod] = [.sgd, .sgdm, .sppa]
    let reached = others.map { method in
      (method, curve(.poisson, 5, method).converges.count { $0 })
    }
    let own = curve(.poisson, 5, .sppam).converges.count { $0 }
    let alone = own > 0 && reached.allSatisfy { $0.1 == 0 }
    guard own > 0 || reached.contains(where: { $0.1 > 0 }) else {
      return leftOpen(.aloneOnHardPoisson, because: "no method meets the tolerance")
    }
    return JudgedClaim(
      .aloneOnHardPoisson, alone ? .holds : own > (reached.map(\.1).max() ?? 0) ? .mixed : .fails,
      condition: "in that it does so at more step sizes than the others",
      evidence:
        "Step sizes of \(Self.steps.count) that meet the tolerance within \(Format.grouped(cap)) iterations: "
        + "SPPAM \(own), " + reached.map { "\($0.0.rawValue) \($0.1)" }.joined(separator: ", ") + ".")
  }

  private var dampingKeepsTheJointForm: JudgedClaim {
    func reached(_ method: RobustnessMethod) -> Int {
      problems.reduce(0) { $0 + curve($1.kind, $1.conditionNumber, method).converges.count { $0 } }
    }
    let (plain, published, damped) = (reached(.jointSPPA), reached(.jointSPPAM), reached(.dampedSPPAM))
    let text = "Momentum damped by contraction keeps the joint form convergent where plain momentum makes it diverge."
    guard plain + published + damped > 0 else {
      return leftOpen(Claim(ours: text), because: "no form meets the tolerance")
    }
    return JudgedClaim(
      text: text,
      verdict: damped >= plain && damped > published ? .holds : damped > published ? .mixed : .fails,
      evidence:
        "Of \(problems.count * Self.steps.count) problems and step sizes, joint SPPA meets the tolerance in \(plain), "
        + "joint SPPAM with momentum \(RobustnessMethod.momentum) in \(published), damped in \(damped).")
  }

  /// A claim that these trials cannot decide.
  private func leftOpen(_ claim: Claim, because reason: String) -> JudgedClaim {
    JudgedClaim(
      claim, .open, evidence: "Within \(Format.grouped(cap)) iterations \(reason): more are needed to tell.")
  }

  /// A ratio of iterations; infinite or without a value where a median is beyond the cap.
  private static func ratio(_ factor: Double) -> String {
    factor.isFinite ? Format.times(factor) : "not within the cap"
  }

  /// The name of a problem.
  static func title(_ kind: RobustnessProblem.Kind, _ condition: Double) -> String {
    "\(kind.rawValue), κ = \(Format.number(condition))"
  }
}
