import EspalierArchitectures
import EspalierDatasets
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierPruning

/// The experiments on ResNet34 and MobileNetV2 as parts of `reproduce all`.
package enum ImageReproduction {
  /// How large an experiment is.
  package struct Scale: Sendable {
    let width: Double
    let trainingSamples: Int
    let testSamples: Int?
    let samples, epochs, finetuneEpochs, batch: Int
    let sizes: [ConvolutionalSize]
  }

  /// The experiment on `family`.
  ///
  /// - Parameter model: The dense network and its file; trained here if `nil`.
  /// - Throws: `EspalierError` if the data is not of square images with three channels and labels.
  static func experiment(
    _ family: ConvolutionalArchitecture.Family, _ scale: Scale, model: (path: String, network: Model)?,
    train: any Dataset, test: any Dataset, seed: UInt64, backend: any Backend, command: String
  ) throws(EspalierError) -> any PaperExperiment {
    let train = train.representatives(scale.trainingSamples)
    let test = scale.testSamples.map { test.prefix($0) } ?? test
    let (side, classes) = try train.squareImages()
    let architecture =
      try model.map { (model) throws(EspalierError) in
        try Self.architecture(family, classes: classes, imageSize: side, of: model.network.graph)
      }
      ?? ConvolutionalArchitecture(
        // ImageNet's stem keeps small images cheap enough for two cores.
        family, classes: classes, imageSize: side, stem: .imageNet,
        // Below, MobileNetV2's stem is as wide as its first block, and tied to it.
        widthFactor: family == .mobileNetV2 ? max(scale.width, 0.35) : scale.width)
    let settings = ConvolutionalSettings(
      architecture: architecture, model: model?.path, data: train.name, trainingCount: train.count,
      testCount: test.count, calibrationCount: min(scale.samples, train.count), epochs: scale.epochs,
      finetuneEpochs: scale.finetuneEpochs, blockEpochs: 0, batchSize: scale.batch, stepSize: 0.02,
      finetuneStepSize: 0.01, multiple: 1, seed: seed)
    let study = ConvolutionalStudy(settings, model: model?.network)
    return PruningReproduction(
      experiment: PruningExperiment(
        study, sizes: scale.sizes, methods: ExperimentMethod.allCases, backend: backend),
      train: train, test: test, command: command)
  }

  /// The architecture of a network that was trained elsewhere: with the stem that costs what the network does.
  private static func architecture(
    _ family: ConvolutionalArchitecture.Family, classes: Int, imageSize: Int, of graph: Graph
  ) throws(EspalierError) -> ConvolutionalArchitecture {
    let macs = try ModelCost(of: graph).macs
    let candidates = Stem.allCases.map {
      ConvolutionalArchitecture(family, classes: classes, imageSize: imageSize, stem: $0)
    }
    let distances = try candidates.map { (candidate) throws(EspalierError) in
      abs(try ModelCost(of: candidate.model(seed: 0).graph).macs - macs)
    }
    return zip(candidates, distances).min { $0.1 < $1.1 }!.0
  }
}
