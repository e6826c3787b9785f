import ArgumentParser
import EspalierDatasets
import EspalierExperiments
import EspalierPruning
import EspalierReports

/// `espalier reproduce ispasp-bert`.
struct ISpaSPBERT: NetworkCommand {
  static let configuration = CommandConfiguration(
    commandName: "ispasp-bert",
    abstract:
      "Accuracy against cost for a text encoder, its feed-forward units and heads pruned by i-SpaSP and by its rivals.",
    discussion: """
      Writes dense.onnx, results.json and report.html, and adds to them when it is run again. Data is a folder of XNLI \
      with MultiNLI's training part, or any labelled sentences; the tokenizer lies beside the model.

      EXAMPLES:
        espalier reproduce ispasp-bert --model bert/xnli.onnx --data XNLI --epochs 2 --output-directory out
        espalier reproduce ispasp-bert --model out/trained.onnx --data vitaminc --keep 0.5 0.25 --output-directory out
      """)

  @Option(help: "The classifier as ONNX: trained already, or with --epochs trained first.") var model: ModelFile
  @Option(help: "Labelled sentences, in two parts: a folder of a corpus, or one file, and --test the other.")
  var data: DataArgument
  @Option(help: "Labelled sentences to measure on (default: the test part of --data).") var test: DataArgument?
  @Option(help: "The folder to write to; a run that was interrupted goes on from what is there.") var outputDirectory:
    String
  @Option(help: "How often the dense network is trained on every sample first.") var epochs = 0
  @Option(help: "How often a pruned network sees every sample.") var finetuneEpochs = 1
  @Option(parsing: .upToNextOption, help: "Which fractions of units to keep.") var keep = [0.75, 0.5, 0.25]
  @Option(
    parsing: .upToNextOption, help: "What is pruned: ffn, heads, encoder (both), all (the width between blocks too).")
  var scopes: [PruningRequest.Scope] = [.ffn, .heads, .encoder]
  @Option(
    parsing: .upToNextOption,
    help: "What to compare: \(ExperimentMethod.pruning.map(\.rawValue).joined(separator: ", ")).")
  var methods = ExperimentMethod.pruning
  @Option(help: "Unlabelled training samples that pruning looks at.") var samples = 512
  @Option(help: "Train on the first so many samples only.") var trainingSamples: Int?
  @Option(help: "Measure on the first so many samples only.") var testSamples: Int?
  @Option(help: "Samples in a step.") var batch = 32
  @Option(help: "The largest step size.") var step = 5e-5
  @Option(help: "All that is random follows from it.") var seed: UInt64 = 0
  @OptionGroup var options: RunOptions

  func validate() throws {
    guard Count.allows(samples, trainingSamples, testSamples, batch) else {
      throw ValidationError("--samples, --training-samples, --test-samples and --batch take \(Count.words)")
    }
    guard Count.allowsRepetitions(epochs, finetuneEpochs, zero: true) else {
      throw ValidationError("--epochs and --finetune-epochs take 0, or \(Count.repetitionWords)")
    }
    guard step > 0, step.isFinite else { throw ValidationError("--step takes a positive number") }
    guard !keep.isEmpty, keep.allSatisfy({ $0 > 0 && $0 <= 1 }), !methods.isEmpty, !scopes.isEmpty,
      methods.allSatisfy(ExperimentMethod.pruning.contains)
    else {
      throw ValidationError(
        "--keep takes fractions from 0 to 1, --methods and --scopes at least one value that is listed")
    }
  }

  func run() throws {
    try OutputPlan(
      reading: [.network(model, "--model"), .data(data, "--data"), .data(test, "--test")],
      writing: PlannedOutput.files(ResultsStore.fileNames, in: outputDirectory, "--output-directory")
    ).check()
    func part(_ whole: any Dataset, _ count: Int?) -> any Dataset { count.map(whole.prefix) ?? whole }
    let train = part(try data.open(.train, for: model), trainingSamples)
    let test = part(try (self.test ?? data).open(.test, for: model), testSamples)
    let settings = EncoderSettings(
      model: model.path, data: train.name, test: test.name, trainingCount: train.count, testCount: test.count,
      calibrationCount: min(samples, train.count), epochs: epochs, finetuneEpochs: finetuneEpochs, batchSize: batch,
      stepSize: step, seed: seed)
    let sizes = keep.flatMap { fraction in scopes.map { EncoderSize(scope: $0, fraction: fraction) } }
    let network = try model.read()
    try model.blame {
      let study = EncoderStudy(settings, model: network)
      try PruningExperiment(study, sizes: sizes, methods: methods, backend: options.chosenBackend)
        .run(train: train, test: test, in: outputDirectory, options)
    }
  }
}
