extension Claim {
  /// The claims of the paper on i-SpaSP.
  package static var ofISpaSP: [Claim] {
    [
      .polynomialDecay, .theoremApplies, .twoLayerBound, .multiLayerBound, .cheaperThanGreedy, .asAccurateAsGreedy,
      .cheaperOnEveryLayer,
    ]
      + [Exhibit.resNet34, .mobileNetV2].flatMap { exhibit in
        (AccuracyClaim.common + ConvolutionalStudy.claims).map { $0.claim(at: exhibit) }
      }
      + (AccuracyClaim.common + EncoderStudy.claims).map { $0.claim(at: .encoder) }
  }

  static let polynomialDecay = Claim(
    .syntheticDecay,
    "The residual falls polynomially in the size kept, the faster the more compressible H is, at least with the degree "
      + "2/p - 1, to 5 %.")

  static let theoremApplies = Claim(
    .syntheticDecay, "The theorem's condition on W1 holds for Gaussian weights, as in the paper's experiment.")

  static let twoLayerBound = Claim(
    .syntheticDecay, "Where its condition holds, the residual stays below the bound of the two-layer theorem.")

  static let multiLayerBound = Claim(
    .syntheticDecay,
    "The error of a network pruned layer after layer stays below the bound of the multi-layer statement.")

  static let cheaperThanGreedy = Claim(
    .twoLayer,
    "i-SpaSP is several orders of magnitude cheaper than greedy forward selection evaluated by forward passes.")

  static let asAccurateAsGreedy = Claim(
    .twoLayer, "i-SpaSP is as accurate as greedy forward selection at the same size, without fine-tuning.")

  static let cheaperOnEveryLayer = Claim(
    .efficiency,
    "i-SpaSP as published, which loops over the data, is several orders of magnitude cheaper than greedy forward "
      + "selection as published.")
}
