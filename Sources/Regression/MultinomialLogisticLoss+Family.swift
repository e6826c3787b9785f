import Files
import LinearAlgebra
import ProximalPoint

extension MultinomialLogisticLoss: FamilyLoss {
  var predictorCount: Int { classes }

  func minimize<Features: FeatureRows>(
    by method: any Method, over examples: Examples<Features>, regularizer: any Regularizer,
    options: MinimizationOptions, observe: (Progress) -> Bool
  ) throws(EspalierError) -> Minimization {
    try method.minimize(self, over: examples, regularizer: regularizer, options: options, observe: observe)
  }

  func minimize<Features: StandardizableRows>(
    by solver: AutomaticSolver, over examples: Examples<Features>, regularizer: any Regularizer
  ) throws(EspalierError) -> Minimization {
    try solver.minimize(self, over: examples, regularizer: regularizer)
  }

  func pass<Features: FeatureRows, S: Schedule>(
    by method: any Method, from state: Iterate, regularizer: any Regularizer, schedule: S,
    order: MinimizationOptions.Order, over next: () throws(EspalierError) -> Examples<Features>?
  ) throws(EspalierError) -> StreamedPass {
    try method.pass(of: self, from: state, regularizer: regularizer, schedule: schedule, order: order, over: next)
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
    count: Int, hasIntercept: Bool, pass: ((Examples<Features>) -> Void) throws(EspalierError) -> Void
  ) throws(EspalierError) -> LossUnits {
    var weights = [Double](repeating: 0, count: classes)
    try pass { weights = zip(weights, $0.classWeights(classes)).map(+) }
    return LossUnits(classWeights: weights, hasIntercept: hasIntercept)
  }

  var isCurved: Bool { true }

  var hasMinimaAtInfinity: Bool { true }

  func reasonOfDivergence<Features: FeatureRows>(
    of method: any Method, _ examples: Examples<Features>, at solution: [Double]
  ) -> Divergence.Reason {
    method.reasonOfDivergence(MultinomialObjective(self, over: examples), at: solution)
  }

  func probe<Features: FeatureRows>(_ examples: Examples<Features>) throws(EspalierError) -> Probe {
    try Probe(self, examples)
  }
}
