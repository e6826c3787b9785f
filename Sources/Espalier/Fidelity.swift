import EspalierFiles
import EspalierPruning

/// How far one network answers as another does.
public struct Fidelity: Hashable, Sendable {
  /// The share of samples for which the same entry of the first output of classes is the largest; `nil` where no output
  /// is a row of classes.
  public let agreement: Double?
  /// The 95 % interval of ``agreement`` (Wilson's), since the samples are some of many.
  public let agreementInterval: ClosedRange<Double>?
  /// The mean over samples of the divergence `KL(dense || small)`, in nats, of each output that is a row of class
  /// scores or probabilities, by name.
  public let klDivergences: [String: Double]
  /// `|| small - dense ||_F / || dense ||_F` of each output of real numbers, by name.
  public let relativeErrors: [String: Double]
  /// How many samples were compared.
  public let samples: Int

  init(_ fidelity: EspalierPruning.Fidelity) {
    agreement = fidelity.agreement
    agreementInterval = fidelity.agreementInterval.map { $0.low...$0.high }
    func figures(_ figure: (EspalierPruning.Fidelity.Output) -> Double?) -> [String: Double] {
      Dictionary(
        fidelity.outputs.compactMap { output in figure(output).map { (output.name, $0) } },
        uniquingKeysWith: { first, _ in first })
    }
    klDivergences = figures(\.klDivergence)
    relativeErrors = figures(\.relativeError)
    samples = fidelity.samples
  }
}

extension Network {
  /// Compares this network's answers with those of `dense`, which has the same inputs and outputs.
  ///
  /// - Throws: `EspalierError` where networks and samples do not fit.
  /// - Complexity: a forward pass of each over all samples.
  public func fidelity(to dense: Network, on samples: Samples) throws(EspalierError) -> Fidelity {
    Fidelity(
      try EspalierPruning.Fidelity(
        of: graph, against: dense.graph, on: DatasetCalibration(samples.dataset, for: dense.graph)))
  }
}
