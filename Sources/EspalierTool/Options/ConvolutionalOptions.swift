import ArgumentParser
import EspalierArchitectures
import EspalierDatasets
import EspalierExperiments
import EspalierFiles

/// The options of the experiments on convolutional networks.
struct ConvolutionalOptions: ParsableArguments {
  @Option(
    help: "The data, in two parts: a directory of images with train and val, or fashion-mnist:DIR,size=32,channels=3.")
  var data: DataArgument
  @Option(help: "The dense network as ONNX; trained here unless given.") var model: ModelFile?
  @Option(help: "The folder to write to; a run that was interrupted goes on from what is there.") var outputDirectory:
    String
  @Option(help: "How often the dense network sees every sample.") var epochs = 30
  @Option(help: "How often a pruned network sees every sample.") var finetuneEpochs = 10
  @Option(help: "With --keep paper: how often it does so after each block, before the next is pruned.")
  var blockEpochs = 1
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "How much to keep: paper (the public code's blocks and fractions), or a fraction of every block.",
      valueName: "paper|FRACTION"))
  var keep = [ConvolutionalSize.published]
  @Option(
    parsing: .upToNextOption,
    help: "What to compare: \(ExperimentMethod.allCases.map(\.rawValue).joined(separator: ", ")).")
  var methods = ExperimentMethod.allCases
  @Option(help: "Unlabelled training samples that pruning looks at.") var samples = 1280
  @Option(help: "Train on so many samples only.") var trainingSamples: Int?
  @Option(help: "Samples in a step.") var batch = 128
  @Option(help: "The initial step size of training.") var step = 0.05
  @Option(help: "The initial step size of fine-tuning.") var finetuneStep = 0.01
  @Option(help: "Round widths to a multiple of this.") var roundTo = 1
  @Option(
    help:
      """
      How the trained network begins: imagenet reduces the size of images at once, small keeps it (default: small up \
      to 64 pixels).
      """
  )
  var stem: Stem?
  @Option(help: "What every width of the trained network is multiplied by.") var width = 1.0
  @Option(help: "All that is random follows from it.") var seed: UInt64 = 0

  func validate() throws {
    guard Count.allows(samples, trainingSamples, batch, roundTo) else {
      throw ValidationError("--samples, --training-samples, --batch and --round-to take \(Count.words)")
    }
    guard Count.allowsRepetitions(epochs), Count.allowsRepetitions(finetuneEpochs, blockEpochs, zero: true)
    else {
      throw ValidationError(
        "--epochs takes \(Count.repetitionWords), and --finetune-epochs and --block-epochs 0 too")
    }
    guard step > 0, step.isFinite, finetuneStep > 0, finetuneStep.isFinite else {
      throw ValidationError("--step and --finetune-step take positive numbers")
    }
    guard width > 0, width < 16 else { throw ValidationError("--width takes a positive number below 16") }
    guard !keep.isEmpty, !methods.isEmpty else { throw ValidationError("--keep and --methods take at least one value") }
  }

  /// The training and test data.
  func parts() throws(EspalierError) -> (train: any Dataset, test: any Dataset) {
    let train = try data.open(.train)
    return (trainingSamples.map(train.representatives) ?? train, try data.open(.test))
  }

  /// The settings for a network of `family` on this data.
  func settings(
    _ family: ConvolutionalArchitecture.Family, train: any Dataset, test: any Dataset
  ) throws(EspalierError) -> ConvolutionalSettings {
    let (side, classes) = try train.squareImages()
    return ConvolutionalSettings(
      architecture: ConvolutionalArchitecture(
        family, classes: classes, imageSize: side, stem: stem, widthFactor: width),
      model: model?.path, data: train.name, trainingCount: train.count, testCount: test.count,
      calibrationCount: min(samples, train.count), epochs: epochs, finetuneEpochs: finetuneEpochs,
      blockEpochs: blockEpochs, batchSize: batch, stepSize: step, finetuneStepSize: finetuneStep, multiple: roundTo,
      seed: seed)
  }
}

extension ExperimentMethod: ExpressibleByArgument {}

extension ConvolutionalSize: ExpressibleByArgument {
  /// The size named by `argument`.
  package init?(argument: String) { self.init(argument) }
  /// The size as written on the command line.
  package var defaultValueDescription: String { label }
}
