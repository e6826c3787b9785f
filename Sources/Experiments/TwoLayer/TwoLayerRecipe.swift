import EspalierArchitectures
import EspalierDatasets
import EspalierFiles
import EspalierGraph
import EspalierTraining

/// The two-layer network of the paper's first experiments, with its training settings.
package struct TwoLayerRecipe: Sendable {
  /// The width of the input, the hidden layer and the output.
  package var widths: [Int]
  /// The training options; their seed also determines the initial weights.
  package var options: TrainingOptions

  /// 784-1024-10, five epochs of SGD with Nesterov momentum, step size 0.05 with a cosine schedule, batches of 128.
  package init(widths: [Int] = [784, 1024, 10], epochs: Int = 5, seed: UInt64 = 0) {
    self.widths = widths
    options = TrainingOptions(epochs: epochs, batchSize: 128, stepSize: 0.05, schedule: .cosine, seed: seed)
  }

  /// Trains a network on `dataset`.
  ///
  /// - Throws: `EspalierError` if the widths are invalid or do not fit the data.
  package func train(on dataset: any Dataset, progress: (Trainer.Progress) -> Void = { _ in }) throws(EspalierError)
    -> Model
  {
    guard let network = MultilayerPerceptron(widths: widths) else {
      throw EspalierError(
        .argument, "widths \(widths)", "make no network", remedy: "give at least two positive numbers")
    }
    var model = network.model(seed: options.seed)
    model.graph = try Trainer(options).train(model.graph, on: dataset, progress: progress)
    return model
  }
}
