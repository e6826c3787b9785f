import ArgumentParser
import EspalierArchitectures
import EspalierDatasets
import EspalierExperiments
import EspalierFiles
import EspalierTraining
import Foundation

/// The data, the networks and the size of `reproduce all`.
struct ReproductionOptions: ParsableArguments {
  @Option(
    help: """
      Labelled grey images in two parts, as mnist:DIR or fashion-mnist:DIR (default: those in /usr/share/datasets, if \
      there are any).
      """)
  var data: DataArgument?
  @Option(
    help: """
      Labelled images of three channels in two parts, for convolutional networks (default: those of --data, enlarged).
      """)
  var images: DataArgument?
  @Option(name: .customLong("resnet34"), help: "A ResNet34 that is trained on --images; trained here unless given.")
  var resNet34: ModelFile?
  @Option(name: .customLong("mobilenetv2"), help: "A MobileNetV2 that is trained on --images; likewise.")
  var mobileNetV2: ModelFile?
  @Option(help: "A classifier of sentences as ONNX, its tokenizer beside it.") var encoder: ModelFile?
  @Option(help: "Labelled sentences for --encoder, in two parts: a folder of a corpus, or one file, and --text-test.")
  var text: DataArgument?
  @Option(help: "Labelled sentences to measure on (default: the test part of --text).") var textTest: DataArgument?
  @Option(help: ArgumentHelp("The folder of the tables that sppam-rules takes.", valueName: "folder"))
  var tables: String?
  @Flag(help: "Minutes instead of hours: --size quick.") var quick = false
  @Option(help: "How large the experiments are: smoke (only to see that they run), quick, or full.")
  var size: ReproductionSize?
  @Option(
    parsing: .upToNextOption, help: "Run these experiments only: \(ReproductionPlan.names.joined(separator: ", ")).")
  var only: [String] = []
  @Option(help: "All that is random follows from it.") var seed: UInt64 = 0

  func validate() throws {
    guard !quick || size == nil || size == .quick else {
      throw ValidationError("--quick and --size \(size?.rawValue ?? "") contradict each other; give one")
    }
    if let stranger = only.first(where: { !ReproductionPlan.names.contains($0) }) {
      throw ValidationError(
        "there is no experiment \"\(stranger)\"; there are " + ReproductionPlan.names.joined(separator: ", "))
    }
    guard (encoder == nil) == (text == nil) else {
      throw ValidationError("--encoder and --text are given together or not at all")
    }
    guard images != nil || (resNet34 == nil && mobileNetV2 == nil) else {
      throw ValidationError("--resnet34 and --mobilenetv2 need --images, the data that they are trained on")
    }
  }

  /// The size of the experiments.
  var chosenSize: ReproductionSize { quick ? .quick : size ?? .full }

  /// All that is read.
  var inputs: [PlannedInput?] {
    let tableFiles: [PlannedInput?] = (tables.map(RulesExperiment.files) ?? []).map { .file($0, "--tables") }
    let others: [PlannedInput?] = [
      .data(data, "--data"), .data(images, "--images"), .network(resNet34, "--resnet34"),
      .network(mobileNetV2, "--mobilenetv2"), .network(encoder, "--encoder"), .data(text, "--text"),
      .data(textTest, "--text-test"),
    ]
    return tableFiles + others
  }

  /// The plan for what is given and what is at hand.
  func plan(_ options: RunOptions, command: String) throws(EspalierError) -> ReproductionPlan {
    var plan = ReproductionPlan(chosenSize, command: command)
    plan.only = only.isEmpty ? nil : Set(only)
    plan.tables = tables
    (plan.seed, plan.backend) = (seed, options.chosenBackend)
    let grey = data ?? Self.dataAtHand
    plan.data = try grey.map(Self.parts)
    plan.images = try (images ?? grey.map(Self.colored)).map(Self.parts)
    for (family, model) in [(ConvolutionalArchitecture.Family.resNet34, resNet34), (.mobileNetV2, mobileNetV2)] {
      plan.models[family] = try model.map { (model) throws(EspalierError) in (model.path, try model.read()) }
    }
    if let encoder, let text {
      plan.encoder = (encoder.path, try encoder.read())
      plan.text = (try text.open(.train, for: encoder), try (textTest ?? text).open(.test, for: encoder))
    }
    return plan
  }

  private static func parts(_ data: DataArgument) throws(EspalierError) -> ReproductionPlan.Parts {
    (try data.open(.train), try data.open(.test))
  }

  /// Grey images enlarged for convolutional networks, in three equal channels.
  private static func colored(_ data: DataArgument) -> DataArgument {
    DataArgument(argument: "\(data.text),size=\(ReproductionSize.imageSize),channels=3")
  }

  /// MNIST or Fashion-MNIST where Debian's packages put them.
  private static var dataAtHand: DataArgument? {
    let names = ["mnist", "fashion-mnist"]
    let name = names.first { FileManager.default.fileExists(atPath: "/usr/share/datasets/\($0)") }
    return name.map { DataArgument(argument: "\($0):/usr/share/datasets/\($0)") }
  }
}

extension ReproductionSize: ExpressibleByArgument {}
