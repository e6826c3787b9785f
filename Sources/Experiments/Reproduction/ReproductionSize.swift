/// How large the experiments of `reproduce all` are.
package enum ReproductionSize: String, Hashable, Sendable, CaseIterable {
  /// As small as they run at all: to see that they do. Verdicts mean nothing.
  case smoke
  /// Minutes on two cores.
  case quick
  /// As large as a machine of two cores bears: hours.
  case full

  /// The size in a sentence.
  package var words: String {
    switch self {
    case .smoke: "the smallest size, at which verdicts mean nothing"
    case .quick: "a size that takes minutes, at which networks are trained little"
    case .full: "the size that a machine of two cores bears in hours"
    }
  }

  private func pick<Value>(_ smoke: Value, _ quick: Value, _ full: Value) -> Value {
    switch self {
    case .smoke: smoke
    case .quick: quick
    case .full: full
    }
  }

  /// Random instances for each curve of the synthetic decay.
  var decayTrials: Int { pick(1, 2, 5) }

  /// Hidden units of the two-layer network, those kept, epochs, calibration samples, networks.
  var twoLayer: (width: Int, kept: [Int], epochs: Int, samples: Int, seeds: Int) {
    (
      pick(16, 512, 1024), pick([8, 4], [256, 128, 64, 32], [512, 256, 128, 64, 32]), pick(1, 2, 5),
      pick(16, 512, 2048), pick(1, 1, 3)
    )
  }

  /// The fractions of units kept, the calibration samples, the samples of a mini-batch.
  var baselines: (keep: [Double], samples: Int, miniBatch: Int) {
    (pick([0.5], [0.5, 0.25], [0.5, 0.25]), pick(8, 256, 1280), pick(4, 64, 256))
  }

  /// The width and height of images that are made from grey ones, for convolutional networks.
  package static let imageSize = 32

  /// The experiments on convolutional networks.
  var images: ImageReproduction.Scale {
    pick(
      .init(
        width: 0.125, trainingSamples: 32, testSamples: 16, samples: 16, epochs: 1, finetuneEpochs: 1,
        batch: 16, sizes: [.fraction(0.5)]),
      .init(
        width: 0.25, trainingSamples: 2000, testSamples: 2000, samples: 256, epochs: 3,
        finetuneEpochs: 1, batch: 64, sizes: [.published, .fraction(0.5)]),
      .init(
        width: 1, trainingSamples: 10_000, testSamples: nil, samples: 1280, epochs: 14,
        finetuneEpochs: 3, batch: 128, sizes: [.published, .fraction(0.5), .fraction(0.25)]))
  }

  /// The experiment on text.
  var text: (trainingSamples: Int, testSamples: Int?, samples: Int, keep: [Double]) {
    (pick(32, 256, 4096), pick(16, 200, nil), pick(16, 64, 512), pick([0.5], [0.5], [0.75, 0.5, 0.25]))
  }

  /// Random instances and the most iterations of the regressions.
  var regressions: (trials: Int, cap: Int) { (pick(1, 1, 5), pick(100, 2000, 10_000)) }

  /// Training samples, test samples, epochs, step sizes and momenta of the experiment on step sizes of networks.
  var networks: (training: Int, test: Int?, epochs: Int, steps: Int, momenta: [Double]) {
    (pick(16, 300, 10_000), pick(16, 500, nil), pick(1, 1, 5), pick(2, 6, 11), pick([0.9], [0.9], [0.5, 0.9]))
  }

  /// The steps over which the rates are averaged.
  var rateIterations: Int { pick(200, 5000, 20_000) }

  /// The map of step sizes and momenta.
  func stability(seed: UInt64) -> StabilityMap.Settings {
    pick(
      .init(stepCount: 2, momenta: [0, 0.9], trials: 1, iterations: 10, seed: seed),
      .init(stepCount: 7, momenta: [0, 0.5, 0.9], trials: 1, iterations: 200, seed: seed), .init(seed: seed))
  }

  /// The rules on real data.
  func rules(seed: UInt64) -> RulesExperiment.Settings {
    pick(
      .init(stepCount: 2, epochs: 1, rows: 50, seed: seed), .init(stepCount: 4, epochs: 5, rows: 1000, seed: seed),
      .init(seed: seed))
  }
}
