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

/// Accuracy against step size and momentum for networks trained by every ``UpdateRule``: whether the paper's results
/// for linear models hold for networks, with inexact proximal steps.
///
/// Every run begins at the same weights, sees the same batches, and keeps its step size. J. L. Kim, P. Toulis, A.
/// Kyrillidis, "Convergence and Stability of the Stochastic Proximal Point Algorithm with Momentum" (L4DC 2022) has no
/// such experiment: networks are ours.
package struct NetworkRobustness: Sendable {
  /// The settings common to all runs.
  package struct Settings: Hashable, Sendable, Encodable {
    /// The number of epochs.
    package var epochs: Int
    /// Samples in a step.
    package var batchSize: Int
    /// The largest number of inner gradient steps of a proximal step.
    package var innerSteps: Int
    /// The step sizes: 1e-4 to 1e1 by equal factors.
    package var steps: [Double]
    /// The momenta of the rules that take one.
    package var momenta: [Double]
    /// The seed of weights and batches.
    package var seed: UInt64

    /// Makes settings.
    package init(
      epochs: Int = 5, batchSize: Int = 64, innerSteps: Int = 5, stepCount: Int = 11, momenta: [Double] = [0.5, 0.9],
      seed: UInt64 = 0
    ) {
      (self.epochs, self.batchSize, self.innerSteps, self.seed) = (epochs, batchSize, innerSteps, seed)
      steps = (0..<stepCount).map { pow(10, 5 * Double($0) / Double(max(stepCount - 1, 1)) - 4) }
      self.momenta = momenta
    }

    /// The momenta of a rule; 0 alone for one that takes none.
    package func momenta(of rule: UpdateRule) -> [Double] { rule.hasMomentum ? momenta : [0] }

    /// The number of runs.
    package var runCount: Int {
      Network.allCases.count * steps.count * UpdateRule.allCases.reduce(0) { $0 + momenta(of: $1).count }
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
        let side = dataset.sampleShape.sizes.last ?? 1
        let channels = dataset.sampleShape.elementCount / max(side * side, 1)
        guard dataset.sampleShape.elementCount == channels * side * side,
          let lenet = LeNet(classes: classes, imageSize: side, channels: channels)
        else {
          throw EspalierError(
            .data, dataset.name, "has samples of shape \(dataset.sampleShape), which LeNet-5 does not take",
            remedy: "give square images of 16, 20, 24 or more pixels a side")
        }
        return lenet.model(seed: seed).graph
      }
    }
  }

  /// One run.
  package struct Outcome: Sendable, Codable {
    /// The network.
    package let network: Network
    /// The rule.
    package let rule: UpdateRule
    /// Its momentum; 0 if it takes none.
    package let momentum: Double
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

  /// The settings on which results depend, by name, with those of the data.
  package static func settings(_ settings: Settings, train: any Dataset, test: any Dataset) -> [String: String] {
    [
      "data": train.name, "training samples": "\(train.count)", "test samples": "\(test.count)",
      "epochs": "\(settings.epochs)", "batch": "\(settings.batchSize)", "inner steps": "\(settings.innerSteps)",
      "step sizes": "\(settings.steps.count)", "momenta": "\(settings.momenta)", "seed": "\(settings.seed)",
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
      for rule in UpdateRule.allCases {
        for momentum in settings.momenta(of: rule) {
          for step in settings.steps {
            let name = "\(network.rawValue) \(rule.rawValue) \(momentum) \(step)"
            let outcome = try kept.value(name) { () throws(EspalierError) in
              try Self.run(network, initial, rule, momentum, step, settings, train, test, backend)
            }
            outcomes.append(outcome)
            progress(outcome)
          }
        }
      }
    }
  }

  private static func run(
    _ network: Network, _ initial: Graph, _ rule: UpdateRule, _ momentum: Double, _ step: Double,
    _ settings: Settings, _ train: any Dataset, _ test: any Dataset, _ backend: any Backend
  ) throws(EspalierError) -> Outcome {
    let counted = CountingOptimizer(
      rule.optimizer(momentum: Float(momentum), innerSteps: settings.innerSteps))
    let options = TrainingOptions(
      epochs: settings.epochs, batchSize: settings.batchSize, stepSize: step, schedule: .constant, optimizer: counted,
      seed: settings.seed)
    var (taken, accuracy) = (1, Double?.none)
    do throws(EspalierError) {
      let trained = try Trainer(options, backend: backend).train(initial, on: train) { taken = $0.step }
      accuracy = try Evaluation(of: trained, on: test, backend: backend).top1
    } catch {
      guard error.kind == .diverged else { throw error }
    }
    return Outcome(
      network: network, rule: rule, momentum: momentum, step: step, accuracy: accuracy,
      evaluationsPerStep: Double(counted.evaluations) / Double(taken))
  }

  /// The runs of one network by one rule with one momentum, by step size.
  func runs(_ network: Network, _ rule: UpdateRule, _ momentum: Double) -> [Outcome] {
    outcomes.filter { $0.network == network && $0.rule == rule && $0.momentum == momentum }
  }
}
