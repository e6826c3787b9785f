import EspalierPruning
import EspalierReports

extension DecayReport {
  /// The claims of the paper on its synthetic experiments and its theory, and what the cases beside them show.
  package var claims: [JudgedClaim] {
    [decaysPolynomially, findsTheSupport, theoremApplies, boundHolds, errorStaysBelowTheBound]
      + (trained.isEmpty ? [] : [trainedNetworksAreCompressible])
  }

  private var decaysPolynomially: JudgedClaim {
    let promised = decays.allSatisfy { $0.fittedDegree >= 0.95 * $0.promisedDegree }
    let ordered = Self.sizes.allSatisfy { size in
      let degrees = decays.filter { $0.hiddenSize == size }.map(\.fittedDegree)
      return zip(degrees, degrees.dropFirst()).allSatisfy(>)
    }
    return JudgedClaim(
      .polynomialDecay, promised && ordered ? .holds : promised || ordered ? .mixed : .fails,
      evidence: "Fitted degrees at 200 units: "
        + decays.filter { $0.hiddenSize == 200 }.map {
          "p = \($0.exponent): \(Self.text($0.fittedDegree)) (\(Self.text($0.promisedDegree)) promised)"
        }.joined(separator: ", ")
        + ". The s largest units are found in \(Format.percent(decays.map(\.foundShare).min() ?? 0)) of the cases or "
        + "more, so these curves are the power law that was put in.")
  }

  private var findsTheSupport: JudgedClaim {
    let easiest = recoveries.filter { $0.series != .outputs || $0.value >= 100 }
    let shares = recoveries.map(\.foundShare)
    func share(_ series: SupportRecovery.Series, _ value: Double) -> String {
      recoveries.filter { $0.series == series && $0.value == value }.map {
        "\(Format.percent($0.foundShare, decimals: 0)) (p = \($0.exponent))"
      }.joined(separator: " and ")
    }
    let isFound = { (entry: SupportRecovery) in entry.foundShare >= 0.9 }
    return JudgedClaim(
      text: "i-SpaSP finds the \(SupportRecovery.kept) largest of \(SupportRecovery.hiddenSize) units.",
      verdict: recoveries.allSatisfy(isFound) ? .holds : easiest.contains(where: isFound) ? .mixed : .fails,
      evidence: "With 1 output it finds \(share(.outputs, 1)), with 10 \(share(.outputs, 10)), with 100 "
        + "\(share(.outputs, 100)); with noise of the smallest kept unit's size \(share(.noise, 1)); with columns of "
        + "expected inner product 0.9 \(share(.correlation, 0.9)). Over all cases, from "
        + "\(Format.percent(shares.min() ?? 0, decimals: 0)) to \(Format.percent(shares.max() ?? 0, decimals: 0)).")
  }

  private var theoremApplies: JudgedClaim {
    let gaussian = recoveries.filter { $0.series == .outputs }
    let known = gaussian.filter { $0.covered == trials }
    let own = gaussian.filter { $0.value == 100 }.map(\.isometryLower).min() ?? 0
    return JudgedClaim(
      .theoremApplies, Verdict(known.count, of: gaussian.count),
      evidence:
        "For \(SupportRecovery.kept) of \(SupportRecovery.hiddenSize) units the restricted isometry constant of "
        + "order \(3 * SupportRecovery.kept) must be below \(Self.text(RecoveryBound.threshold)); with 100 Gaussian "
        + "outputs it is at least \(Self.text(own)), and it is 1 with fewer outputs than "
        + "\(3 * SupportRecovery.kept). Known to be small enough: with "
        + (Set(known.map(\.value)).isEmpty
          ? "none of the numbers of outputs tried"
          : Set(known.map(\.value)).sorted().map { Format.number($0) }.joined(separator: ", ") + " outputs") + ".")
  }

  private var boundHolds: JudgedClaim {
    let (covered, bounded) = recoveries.reduce((0, 0)) { ($0.0 + $1.covered, $0.1 + $1.bounded) }
    let vacuous = recoveries.reduce(0) { $0 + $1.vacuous }
    return JudgedClaim(
      .twoLayerBound, covered == 0 ? .open : covered == bounded ? .holds : .fails,
      evidence: "In \(bounded) of the \(covered) instances in which the condition is known to hold, of "
        + "\(recoveries.count * trials) in all. In \(vacuous) of them the bound is above the residual of keeping "
        + "nothing, and says nothing.")
  }

  private var errorStaysBelowTheBound: JudgedClaim {
    let below = depths.allSatisfy { zip($0.errors, $0.bounds).allSatisfy { $0 <= $1 * (1 + 1e-9) } }
    let gains = depths.map { Self.text($0.gain) }.joined(separator: ", ")
    return JudgedClaim(
      .multiLayerBound, below ? .holds : .fails,
      evidence: "After 1 and after \(DepthDecay.depth) pruned layers the error is "
        + depths.map { depth in
          let last = DepthDecay.depth - 1
          return "\(Self.text(depth.errors[0])) and \(Self.text(depth.errors[last])) (p = \(depth.exponent), bound "
            + "\(Self.text(depth.bounds[0])) and \(Self.text(depth.bounds[last])))"
        }.joined(separator: ", ")
        + ". The bound grows like the product of the layers' spectral norms (\(gains) "
        + "in the mean): it is below the size of the outputs for the first "
        + "\(depths.map { "\($0.bounds.prefix { $0 < 1 }.count)" }.joined(separator: ", ")) layers.")
  }

  private var trainedNetworksAreCompressible: JudgedClaim {
    let promised = trained.reduce(0) { $0 + $1.promisedBelowHalf }
    let tried = trained.reduce(0) { sum, entry in sum + entry.sizes.count { 2 * $0 < entry.units } }
    let exponents = trained.compactMap(\.compressibility?.exponent)
    let compressible = exponents.count { $0 < 1 }
    let (low, high) = (exponents.min() ?? .nan, exponents.max() ?? .nan)
    return JudgedClaim(
      text: "The theory says something of the trained network: its hidden representations are compressible with p < 1, "
        + "and its weights satisfy the theorem's condition.",
      verdict: promised == tried && compressible == trained.count
        ? .holds : promised + compressible == 0 ? .fails : .mixed,
      evidence: "p is \(Self.text(low)) to \(Self.text(high)), below 1 in \(compressible) of \(trained.count) groups; "
        + "below half of the units the theorem promises something for \(promised) of \(tried) sizes. From half of the "
        + "units on it needs no condition, because the merge takes all units.")
  }

  private static func text(_ number: Double) -> String {
    number.isFinite ? Format.number(number, digits: 3) : "unbounded"
  }
}
