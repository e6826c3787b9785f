import EspalierDatasets
import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierProcesses
import EspalierTensors

/// Trains a network: a classifier on labels, or a small network on the values of a large one.
package struct Trainer: Sendable {
  /// The progress of training, reported after every step.
  package struct Progress: Sendable {
    /// The epoch, counted from 1.
    package let epoch: Int
    /// Steps taken in all.
    package let step: Int
    /// Steps to take in all.
    package let stepCount: Int
    /// Samples seen in all.
    package let sampleCount: Int
    /// The mean loss of this epoch so far.
    package let loss: Double
    /// Whether this step was the last of its epoch.
    package let endsEpoch: Bool
  }

  /// The settings.
  package var options: TrainingOptions
  /// The backend that runs the network.
  package var backend: any Backend
  /// Where states are kept on the way, and training goes on from; `nil` if they are not.
  package var checkpoints: Checkpoints?
  /// The processes that share the batches of each step; all of them train, to the same network.
  package var processes: any ProcessGroup = SingleProcess()

  /// Training with `options`.
  package init(_ options: TrainingOptions, backend: any Backend = Backends.standard) {
    self.options = options
    self.backend = backend
  }

  /// Trains the network on labelled data: its parameters, and the running statistics of its batch normalisations.
  ///
  /// - Throws: `EspalierError` if network and data do not fit, or the loss is not finite.
  package func train(
    _ graph: Graph, on dataset: any Dataset, progress: (Progress) -> Void = { _ in }
  ) throws(EspalierError) -> Graph {
    try run(graph, on: dataset).finish(progress)
  }

  /// The same training as a run of single steps, from the beginning or from `state`.
  ///
  /// - Throws: `EspalierError` if network and data do not fit, or the state belongs to another training.
  package func run(
    _ graph: Graph, on dataset: any Dataset, from state: TrainingState? = nil
  ) throws(EspalierError) -> TrainingRun {
    let classifier = try Classifier(graph.preparedForTraining(), on: dataset)
    return try TrainingRun(
      Classification(classifier, options.loss), on: dataset, options, backend: backend, from: state,
      checkpoints: checkpoints, among: processes)
  }
}

extension Graph {
  /// The same network with every parameter stored with the graph, and separate biases and statistics for each layer.
  func preparedForTraining() throws(EspalierError) -> Graph { try storingWhatIsKnown().separatingSharedVectors() }
}
