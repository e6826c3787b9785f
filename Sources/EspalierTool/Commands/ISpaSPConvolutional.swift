import ArgumentParser
import EspalierExperiments

/// `espalier reproduce ispasp-resnet34` and `ispasp-mobilenetv2`.
protocol ISpaSPConvolutional: NetworkCommand {
  static var family: ConvolutionalArchitecture.Family { get }
  var experiment: ConvolutionalOptions { get }
}

extension ISpaSPConvolutional {
  static var standardConfiguration: CommandConfiguration {
    let name = "ispasp-\(family.rawValue)"
    return CommandConfiguration(
      commandName: name,
      abstract:
        "Accuracy against cost for \(family.title), pruned by i-SpaSP and by its rivals, before and after fine-tuning.",
      discussion: """
        Writes dense.onnx, results.json and report.html, and adds to them when it is run again.

        EXAMPLES:
          espalier reproduce \(name) --data cifar10/,size=32,augment=crop --keep paper 0.5 0.25 --output-directory out
          espalier reproduce \(name) --data imagenet/ --model pretrained.onnx --output-directory out
        """)
  }

  func run() throws {
    try OutputPlan(
      reading: [.network(experiment.model, "--model"), .data(experiment.data, "--data")],
      writing: PlannedOutput.files(ResultsStore.fileNames, in: experiment.outputDirectory, "--output-directory")
    ).check()
    let (train, test) = try experiment.parts()
    let settings = try experiment.settings(Self.family, train: train, test: test)
    let study = ConvolutionalStudy(settings, model: try experiment.model?.read())
    try PruningExperiment(
      study, sizes: experiment.keep, methods: experiment.methods, backend: options.chosenBackend
    ).run(train: train, test: test, in: experiment.outputDirectory, options)
  }
}

/// `espalier reproduce ispasp-resnet34`.
struct ISpaSPResNet34: ISpaSPConvolutional {
  static let family = ConvolutionalArchitecture.Family.resNet34
  static let configuration = standardConfiguration
  @OptionGroup var experiment: ConvolutionalOptions
  @OptionGroup var options: RunOptions
}

/// `espalier reproduce ispasp-mobilenetv2`.
struct ISpaSPMobileNetV2: ISpaSPConvolutional {
  static let family = ConvolutionalArchitecture.Family.mobileNetV2
  static let configuration = standardConfiguration
  @OptionGroup var experiment: ConvolutionalOptions
  @OptionGroup var options: RunOptions
}
