import EspalierFiles
import EspalierLinearAlgebra
import EspalierProximalPoint

/// A loss of one linear predictor.
struct PredictorLoss: FamilyLoss {
  let loss: any Loss

  /// A loss.
  init(loss: any Loss) { self.loss = loss }

  /// Moreau's envelope of a loss.
  init(envelope loss: any Loss, width: Double) {
    func envelope(_ loss: some Loss) -> any Loss { MoreauEnvelope(base: loss, width: width) }
    self.loss = envelope(loss)
  }

  var ofPredictor: (any Loss)? { loss }

  var predictorCount: Int { 1 }

  func run<Features: FeatureRows>(
    by method: any StochasticMethod, over examples: Examples<Features>, regularizer: any Regularizer,
    options: MinimizationOptions, from state: SolverState?
  ) throws(EspalierError) -> any MinimizationRun {
    try method.run(loss, over: examples, regularizer: regularizer, options: options, from: state)
  }

  func run<Features: StandardizableRows>(
    by solver: AutomaticSolver, over examples: Examples<Features>, regularizer: any Regularizer,
    from state: SolverState?
  ) throws(EspalierError) -> any MinimizationRun {
    try solver.run(loss, over: examples, regularizer: regularizer, from: state)
  }

  func step<Features: FeatureRows, S: Schedule>(
    _ pass: inout PassState, by method: any StochasticMethod, over examples: Examples<Features>,
    regularizer: any Regularizer,
    schedule: S, order: MinimizationOptions.Order
  ) throws(EspalierError) {
    try method.step(&pass, over: examples, of: loss, regularizer: regularizer, schedule: schedule, order: order)
  }

  func average<Features: FeatureRows>(over examples: Examples<Features>, at solution: [Double]) -> Double {
    func average(_ loss: some Loss) -> Double {
      Objective(loss, over: examples, regularizer: NoRegularizer()).value(solution)
    }
    return average(loss)
  }

  func gradient<Features: FeatureRows>(over examples: Examples<Features>, at solution: [Double]) -> [Double] {
    func gradient(_ loss: some Loss) -> [Double] { Objective(loss, over: examples).lossGradient(solution) }
    return gradient(loss)
  }

  func hessian<Features: FeatureRows>(over examples: Examples<Features>, at solution: [Double]) -> Matrix {
    func hessian(_ loss: some Loss) -> Matrix { Objective(loss, over: examples).lossHessian(solution) }
    return hessian(loss)
  }

  func fillFlatDirections<Features: FeatureRows>(
    of hessian: inout Matrix, over examples: Examples<Features>, regularizer: any Regularizer
  ) {}

  func reach<Features: FeatureRows>(of step: [Double], over examples: Examples<Features>) -> Double {
    Objective(SquaredLoss(), over: examples).reach(of: step)
  }

  func units<Features: FeatureRows>(
    count: Int, hasIntercept: Bool, over blocks: ExampleBlocks<Features>
  ) throws(EspalierError) -> LossUnits {
    try LossUnits(count: count, hasIntercept: hasIntercept || !loss.domain.contains(0), atOnce: 32) {
      sums throws(EspalierError) in
      let next = try blocks.reader()
      while let examples = try next() { sums.add(loss, examples) }
    }
  }

  var isCurved: Bool { loss.isSmooth && !loss.hasLinearParts }

  var hasMinimaAtInfinity: Bool { loss.hasMinimaAtInfinity }

  func reasonOfDivergence<Features: FeatureRows>(
    of method: any StochasticMethod, _ examples: Examples<Features>, at solution: [Double]
  ) -> Divergence.Reason {
    func reason(_ loss: some Loss) -> Divergence.Reason { method.reasonOfDivergence(loss, examples, at: solution) }
    return reason(loss)
  }

  func probe<Features: FeatureRows>(_ examples: Examples<Features>) -> Probe {
    func probe(_ loss: some Loss) -> Probe { Probe(loss, examples) }
    return probe(loss)
  }
}
