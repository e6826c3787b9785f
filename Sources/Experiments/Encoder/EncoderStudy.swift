import EspalierFiles
import EspalierGraph
import EspalierPruning
import EspalierTraining

/// Text encoders: classifiers of sentence pairs, their feed-forward units and heads pruned separately and together.
///
/// Training is AdamW with weight decay 0.01, a step size that grows over the first tenth of the steps and then falls to
/// zero, and gradients clipped to norm 1, as is usual for BERT. Source: C. R. Wolfe and A. Kyrillidis, "i-SpaSP" (L4DC
/// 2022), section 4.4; J. Devlin et al., "BERT" (NAACL 2019), appendix A.3.
package struct EncoderStudy: PruningStudy {
  /// The accuracy on the test data.
  package struct Accuracy: MeasuredAccuracy {
    /// The accuracy on all samples.
    package let overall: Double
    /// The accuracy in each language, if there are several.
    let languages: [String: Double]?
  }

  /// A method at a size.
  package struct Variant: NetworkVariant {
    /// The object of a file that names the variant.
    private struct Key: Hashable, Sendable, Codable {
      let scope: PruningRequest.Scope
      let method: ExperimentMethod
      let fraction: Double
    }

    private enum CodingKeys: String, CodingKey { case key = "what" }

    private let key: Key

    package var size: EncoderSize { EncoderSize(scope: key.scope, fraction: key.fraction) }
    package var method: ExperimentMethod { key.method }
    package var sizeLabel: String { "\(key.scope.rawValue) at \(key.fraction)" }
    package var title: String { "\(method.rawValue), \(sizeLabel)" }

    package init(_ method: ExperimentMethod, at size: EncoderSize) {
      key = Key(scope: size.scope, method: method, fraction: size.fraction)
    }
  }

  /// The accuracy of surgery.
  package struct Details: Sendable, Codable {
    /// The relative difference between the network and the dense one with the dropped units masked.
    let verified: Double?
  }

  package let settings: EncoderSettings
  private let model: Model

  /// The study with these settings, of the classifier `model`.
  package init(_ settings: EncoderSettings, model: Model) {
    self.settings = settings
    self.model = model
  }

  package static let recordsTrainingTime = false

  package func denseNetwork() -> Model { model }

  package func uniformNetwork(macs: Int) throws -> Graph {
    throw EspalierError(.argument, ExperimentMethod.uniform.title, "prunes no network")
  }

  package func training(_ phase: TrainingPhase) -> TrainingOptions? {
    let epochs = phase == .dense ? settings.epochs : settings.finetuneEpochs
    guard epochs > 0 else { return nil }
    return TrainingOptions(
      epochs: epochs, batchSize: settings.batchSize, stepSize: settings.stepSize, schedule: .linear,
      warmUp: WarmUp(fraction: 0.1), clipping: GradientClipping(limit: 1), optimizer: AdamW(weightDecay: 0.01),
      seed: settings.seed)
  }

  package func request(for size: EncoderSize, of dense: Graph) throws -> PruningRequest {
    PruningRequest(keeping: size.fraction, scope: size.scope)
  }

  package func accuracy(_ evaluation: Evaluation) -> Accuracy {
    Accuracy(overall: evaluation.top1, languages: evaluation.parts?.mapValues(\.top1))
  }

  package func details(
    of network: Graph, _ pruning: PruningResult?, in trial: PruningTrial<Self>
  ) throws -> Details {
    Details(verified: pruning?.verification.relativeDifference)
  }
}
