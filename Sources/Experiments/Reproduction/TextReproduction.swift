import EspalierDatasets
import EspalierExecution
import EspalierGraph
import EspalierPruning

/// `ispasp-bert` as a part of `reproduce all`.
enum TextReproduction {
  static func experiment(
    _ size: ReproductionSize, model: (path: String, network: Model), train: any Dataset, test: any Dataset,
    seed: UInt64, backend: any Backend, command: String
  ) -> any PaperExperiment {
    let scale = size.text
    let train = train.representatives(scale.trainingSamples)
    let test = scale.testSamples.map { test.prefix($0) } ?? test
    let settings = EncoderSettings(
      model: model.path, data: train.name, test: test.name, trainingCount: train.count, testCount: test.count,
      calibrationCount: min(scale.samples, train.count), epochs: 1, finetuneEpochs: 1, batchSize: 32,
      stepSize: 5e-5, seed: seed)
    let sizes = scale.keep.flatMap { fraction in
      [PruningRequest.Scope.ffn, .heads, .encoder].map { EncoderSize(scope: $0, fraction: fraction) }
    }
    return PruningReproduction(
      experiment: PruningExperiment(
        EncoderStudy(settings, model: model.network), sizes: sizes, methods: ExperimentMethod.pruning,
        backend: backend), train: train, test: test, command: command)
  }
}
