import EspalierArchitectures
import EspalierDatasets
import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierReports
import EspalierTraining
import Foundation

/// Accuracy against step size for networks trained by SGD, SGDM, SPPA and SPPAM: whether the paper's results for linear
/// models hold for networks, with inexact proximal steps.
///
/// Every run begins at the same weights, sees the same batches, and keeps its step size. J. L. Kim, P. Toulis, A.
/// Kyrillidis, "Convergence and Stability of the Stochastic Proximal Point Algorithm with Momentum" (L4DC 2022) has no
/// such experiment: networks are ours.
package struct NetworkRobustness: Sendable {
  /// 1e-4 to 1e1 by factors of the root of 10.
  package static let steps = (0...10).map { pow(10, Double($0) / 2 - 4) }

  /// The settings common to all runs.
  package struct Settings: Hashable, Sendable {
    /// The number of epochs.
    package var epochs: Int
    /// Samples in a step.
    package var batchSize: Int
    /// The largest number of inner gradient steps of a proximal step.
    package var innerSteps: Int
    /// The seed of weights and batches.
    package var seed: UInt64

    /// Makes settings.
    package init(epochs: Int = 5, batchSize: Int = 64, innerSteps: Int = 5, seed: UInt64 = 0) {
      (self.epochs, self.batchSize, self.innerSteps, self.seed) = (epochs, batchSize, innerSteps, seed)
    }
  }

  /// A network to train.
  package enum Network: String, Hashable, Sendable, CaseIterable, Codable {
    /// One hidden layer of 256 units.
    case mlp = "MLP, 256 hidden units"
    /// LeNet-5.
    case lenet = "LeNet-5"

    func graph(for dataset: any Dataset, seed: UInt64) throws -> Graph {
      guard let classes = dataset.classCount else {
        throw EspalierError(.data, dataset.name, "has no labels to learn from")
      }
      switch self {
      case .mlp:
        return MultilayerPerceptron(widths: [dataset.sampleShape.elementCount, 256, classes])!.model(seed: seed).graph
      case .lenet:
        guard let side = dataset.sampleShape.sizes.last,
          let lenet = LeNet(
            classes: classes, imageSize: side, channels: dataset.sampleShape.elementCount / max(side * side, 1))
        else { throw EspalierError(.data, dataset.name, "is not of square images whose size is a multiple of 4") }
        return lenet.model(seed: seed).graph
      }
    }
  }

  /// One run.
  package struct Outcome: Sendable, Codable {
    /// The network.
    package let network: Network
    /// The optimiser.
    package let method: NetworkMethod
    /// The step size.
    package let step: Double
    /// The fraction of test samples classified correctly at the end; `nil` if the loss became non-finite.
    package let accuracy: Double?
    /// The number of evaluations of loss and gradient per step.
    package let evaluationsPerStep: Double
  }

  /// The settings common to all runs.
  package let settings: Settings
  /// The numbers of training and test samples.
  package let counts: (training: Int, test: Int)
  /// The name of the data.
  package let data: String
  /// All runs.
  package private(set) var outcomes: [Outcome] = []

  /// The number of runs.
  package static var runCount: Int { Network.allCases.count * NetworkMethod.allCases.count * steps.count }

  /// The settings on which results depend, by name, with those of the data.
  package static func settings(_ settings: Settings, train: any Dataset, test: any Dataset) -> [String: String] {
    [
      "data": train.name, "training samples": "\(train.count)", "test samples": "\(test.count)",
      "epochs": "\(settings.epochs)", "batch": "\(settings.batchSize)", "inner steps": "\(settings.innerSteps)",
      "seed": "\(settings.seed)",
    ]
  }

  /// Makes the runs that are missing.
  ///
  /// - Parameters:
  ///   - kept: The runs of an earlier experiment, to which these are added.
  ///   - progress: Called after each run.
  /// - Throws: `EspalierError` if the data does not fit the networks.
  package init(
    _ settings: Settings, train: any Dataset, test: any Dataset, keptIn kept: KeptResults = .none,
    backend: any Backend = Backends.standard, progress: (Outcome) -> Void = { _ in }
  ) throws {
    self.settings = settings
    data = train.name
    counts = (train.count, test.count)
    for network in Network.allCases {
      let initial = try network.graph(for: train, seed: settings.seed)
      for method in NetworkMethod.allCases {
        for step in Self.steps {
          outcomes.append(
            try kept.value("\(network.rawValue) \(method.rawValue) \(step)") { () throws(EspalierError) in
              try Self.outcome(of: network, from: initial, method, step, settings, train, test, backend)
            })
          progress(outcomes[outcomes.count - 1])
        }
      }
    }
  }

  private static func outcome(
    of network: Network, from initial: Graph, _ method: NetworkMethod, _ step: Double, _ settings: Settings,
    _ train: any Dataset, _ test: any Dataset, _ backend: any Backend
  ) throws(EspalierError) -> Outcome {
    let rule = CountingOptimizer(method.optimizer(innerSteps: settings.innerSteps))
    let options = TrainingOptions(
      epochs: settings.epochs, batchSize: settings.batchSize, stepSize: step, schedule: .constant, optimizer: rule,
      seed: settings.seed)
    var (taken, accuracy) = (1, Double?.none)
    do throws(EspalierError) {
      let trained = try Trainer(options, backend: backend).train(initial, on: train) { taken = $0.step }
      accuracy = try Evaluation(of: trained, on: test, backend: backend).top1
    } catch {
      guard error.kind == .diverged else { throw error }
    }
    return Outcome(
      network: network, method: method, step: step, accuracy: accuracy,
      evaluationsPerStep: Double(rule.evaluations) / Double(taken))
  }

  /// The runs of one network by one method, by step size.
  func runs(_ network: Network, _ method: NetworkMethod) -> [Outcome] {
    outcomes.filter { $0.network == network && $0.method == method }
  }
}
