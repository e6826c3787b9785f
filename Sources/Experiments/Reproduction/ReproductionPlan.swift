import EspalierDatasets
import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierPruning
import EspalierTraining

/// What `reproduce all` is to run, on the data and the networks that are at hand.
package struct ReproductionPlan {
  /// Data in two parts.
  package typealias Parts = (train: any Dataset, test: any Dataset)
  /// A trained network with its file.
  package typealias TrainedModel = (path: String, network: Model)

  /// The size of the experiments.
  package var size: ReproductionSize
  /// Labelled grey images, for two-layer networks and step sizes.
  package var data: Parts?
  /// Labelled images of three channels, for convolutional networks.
  package var images: Parts?
  /// Dense convolutional networks that are trained already, for ``images``.
  package var models: [ConvolutionalArchitecture.Family: TrainedModel] = [:]
  /// A classifier of sentences.
  package var encoder: TrainedModel?
  /// Labelled sentences for ``encoder``.
  package var text: Parts?
  /// The folder of the tables for `sppam-rules`.
  package var tables: String?
  /// The experiments to run, by name; all if `nil`.
  package var only: Set<String>?
  /// The seed of all random choices.
  package var seed: UInt64 = 0
  /// The backend that networks run on.
  package var backend: any Backend = Backends.standard
  /// The command, for the reports.
  package var command: String

  /// A plan without data.
  package init(_ size: ReproductionSize, command: String) {
    self.size = size
    self.command = command
  }

  /// The exhibits in the order in which their experiments run: one that needs another's networks comes after it.
  private static let order: [Exhibit] = [
    .syntheticDecay, .quadraticMap, .rates, .regressions, .stability, .twoLayer, .resNet34, .mobileNetV2, .encoder,
    .efficiency, .networks, .rules,
  ]

  /// The names of the experiments, in the order in which they run.
  package static let names = order.map(\.experiment)

  /// The reproduction.
  ///
  /// - Throws: `EspalierError` if data and networks do not fit the experiments.
  package func reproduction() throws(EspalierError) -> Reproduction {
    var parts: [Reproduction.Part] = []
    for exhibit in Self.order {
      if let only, !only.contains(exhibit.experiment) {
        parts.append(.missing(exhibit, because: "--only leaves it out"))
      } else {
        parts.append(try part(exhibit))
      }
    }
    return Reproduction(parts, size: size.words)
  }

  private func part(_ exhibit: Exhibit) throws(EspalierError) -> Reproduction.Part {
    switch exhibit {
    case .syntheticDecay: .experiment(DecayReproduction(trials: size.decayTrials, seed: seed))
    case .quadraticMap: .experiment(QuadraticReproduction(seed: seed))
    case .regressions:
      .experiment(RegressionReproduction(trials: size.regressions.trials, cap: size.regressions.cap, seed: seed))
    case .rates: .experiment(RatesReproduction(iterations: size.rateIterations, seed: seed))
    case .stability: .experiment(StabilityReproduction(settings: size.stability(seed: seed)))
    case .rules:
      tables.map { Reproduction.Part.experiment(RulesReproduction(settings: size.rules(seed: seed), folder: $0)) }
        ?? .missing(exhibit, because: "there are no tables of real data: give --tables")
    case .twoLayer: twoLayer
    case .resNet34: try images(.resNet34, exhibit)
    case .mobileNetV2: try images(.mobileNetV2, exhibit)
    case .encoder: encoders
    case .efficiency: baselines
    case .networks: stepSizes
    default: .missing(exhibit, because: "there is no experiment on it")
    }
  }

  private var twoLayer: Reproduction.Part {
    guard let (train, test) = data else { return .missing(.twoLayer, because: Self.noData) }
    let scale = size.twoLayer
    var recipe = TwoLayerRecipe(epochs: scale.epochs)
    recipe.widths = [train.sampleShape.elementCount, scale.width, train.classCount ?? 0]
    recipe.options.batchSize = min(recipe.options.batchSize, train.count)
    return .experiment(
      TwoLayerReproduction(
        experiment: TwoLayerExperiment(
          recipe: recipe, sizes: scale.kept, sampleCount: min(scale.samples, train.count),
          seeds: (0..<UInt64(scale.seeds)).map { seed &+ $0 }), train: train, test: test, backend: backend))
  }

  private func images(
    _ family: ConvolutionalArchitecture.Family, _ exhibit: Exhibit
  ) throws(EspalierError) -> Reproduction.Part {
    guard let (train, test) = images else {
      return .missing(exhibit, because: "there are no labelled images of three channels: give --images or --data")
    }
    return .experiment(
      try ImageReproduction.experiment(
        family, size.images, model: models[family], train: train, test: test, seed: seed, backend: backend,
        command: command))
  }

  private var encoders: Reproduction.Part {
    guard let encoder, let (train, test) = text else {
      return .missing(.encoder, because: "there is no text encoder with labelled sentences: give --encoder and --text")
    }
    return .experiment(
      TextReproduction.experiment(
        size, model: encoder, train: train, test: test, seed: seed, backend: backend, command: command))
  }

  private var stepSizes: Reproduction.Part {
    guard let (train, test) = data else { return .missing(.networks, because: Self.noData) }
    let scale = size.networks
    return .experiment(
      StepSizeReproduction(
        settings: .init(
          epochs: scale.epochs, batchSize: min(64, scale.training), stepCount: scale.steps, momenta: scale.momenta,
          seed: seed),
        train: train.prefix(scale.training), test: scale.test.map { test.prefix($0) } ?? test, backend: backend))
  }

  private var baselines: Reproduction.Part {
    var sources: [BaselineReproduction.Source] = []
    func add(_ exhibit: Exhibit, _ title: String, _ file: String, _ data: Parts?) {
      guard let data else { return }
      sources.append(
        .init(title: title, experiment: exhibit.experiment, file: file, scope: .inner, data: data.train))
    }
    add(.twoLayer, "Two-layer network", "dense-\(seed).onnx", data)
    add(.resNet34, "ResNet34", "dense.onnx", images)
    add(.mobileNetV2, "MobileNetV2", "dense.onnx", images)
    if let text, encoder != nil {
      for (scope, title) in [(PruningRequest.Scope.ffn, "Encoder's feed-forward units"), (.heads, "Encoder's heads")] {
        sources.append(
          .init(
            title: title, experiment: Exhibit.encoder.experiment, file: "dense.onnx", scope: scope, data: text.train))
      }
    }
    guard !sources.isEmpty else { return .missing(.efficiency, because: Self.noData) }
    return .experiment(BaselineReproduction(sources: sources, size: size, seed: seed, backend: backend))
  }

  private static let noData = "there are no labelled images in two parts: give --data mnist:DIR or fashion-mnist:DIR"
}
