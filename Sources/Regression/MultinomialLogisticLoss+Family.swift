import EspalierFiles
import EspalierLinearAlgebra
import EspalierProximalPoint

extension MultinomialLogisticLoss: FamilyLoss {
  var predictorCount: Int { classes }

  var ofPredictor: (any Loss)? { nil }

  func run<Features: FeatureRows>(
    by method: any StochasticMethod, over examples: Examples<Features>, regularizer: any Regularizer,
    options: MinimizationOptions, from state: SolverState?
  ) throws(EspalierError) -> any MinimizationRun {
    try method.run(self, over: examples, regularizer: regularizer, options: options, from: state)
  }

  func run<Features: StandardizableRows>(
    by solver: AutomaticSolver, over examples: Examples<Features>, regularizer: any Regularizer,
    from state: SolverState?
  ) throws(EspalierError) -> any MinimizationRun {
    try solver.run(self, over: examples, regularizer: regularizer, from: state)
  }

  func step<Features: FeatureRows, S: Schedule>(
    _ pass: inout PassState, by method: any StochasticMethod, over examples: Examples<Features>,
    regularizer: any Regularizer,
    schedule: S, order: MinimizationOptions.Order
  ) throws(EspalierError) {
    try method.step(&pass, over: examples, of: self, regularizer: regularizer, schedule: schedule, order: order)
  }

  func average<Features: FeatureRows>(over examples: Examples<Features>, at solution: [Double]) -> Double {
    MultinomialObjective(self, over: examples).value(solution)
  }

  func gradient<Features: FeatureRows>(over examples: Examples<Features>, at solution: [Double]) -> [Double] {
    MultinomialObjective(self, over: examples).lossGradient(solution)
  }

  func hessian<Features: FeatureRows>(over examples: Examples<Features>, at solution: [Double]) -> Matrix {
    MultinomialObjective(self, over: examples).lossHessian(solution)
  }

  func fillFlatDirections<Features: FeatureRows>(
    of hessian: inout Matrix, over examples: Examples<Features>, regularizer: any Regularizer
  ) {
    func fill(_ regularizer: some Regularizer) {
      MultinomialObjective(self, over: examples, regularizer: regularizer).fillFlatDirections(of: &hessian)
    }
    fill(regularizer)
  }

  func reach<Features: FeatureRows>(of step: [Double], over examples: Examples<Features>) -> Double {
    MultinomialObjective(self, over: examples).reach(of: step)
  }

  func units<Features: FeatureRows>(
    count: Int, hasIntercept: Bool, over blocks: ExampleBlocks<Features>
  ) throws(EspalierError) -> LossUnits {
    var weights = [Double](repeating: 0, count: classes)
    let next = try blocks.reader()
    while let examples = try next() { weights = zip(weights, examples.classWeights(classes)).map(+) }
    return LossUnits(classWeights: weights, hasIntercept: hasIntercept)
  }

  var isCurved: Bool { true }

  var hasMinimaAtInfinity: Bool { true }

  func reasonOfDivergence<Features: FeatureRows>(
    of method: any StochasticMethod, _ examples: Examples<Features>, at solution: [Double]
  ) -> Divergence.Reason {
    method.reasonOfDivergence(MultinomialObjective(self, over: examples), at: solution)
  }

  func probe<Features: FeatureRows>(_ examples: Examples<Features>) throws(EspalierError) -> Probe {
    try Probe(self, examples)
  }
}
