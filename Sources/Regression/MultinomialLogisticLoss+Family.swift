import Files
import ProximalPoint

extension MultinomialLogisticLoss: FamilyLoss {
  var predictorCount: Int { classes }

  func minimize<Features: FeatureRows>(
    by method: any Method, over examples: Examples<Features>, regularizer: any Regularizer,
    options: MinimizationOptions, observe: (Progress) -> Bool
  ) throws(DataError) -> Minimization {
    try method.minimize(self, over: examples, regularizer: regularizer, options: options, observe: observe)
  }

  func minimize<Features: StandardizableRows>(
    by solver: AutomaticSolver, over examples: Examples<Features>, regularizer: any Regularizer
  ) throws(DataError) -> Minimization {
    try solver.minimize(self, over: examples, regularizer: regularizer)
  }

  func pass<Features: FeatureRows, S: Schedule>(
    by method: any Method, from state: Iterate, regularizer: any Regularizer, schedule: S,
    order: MinimizationOptions.Order, over next: () throws(DataError) -> Examples<Features>?
  ) throws(DataError) -> StreamedPass {
    try method.pass(of: self, from: state, regularizer: regularizer, schedule: schedule, order: order, over: next)
  }

  func average<Features: FeatureRows>(over examples: Examples<Features>, at solution: [Double]) -> Double {
    MultinomialObjective(self, over: examples).value(solution)
  }

  func probe<Features: FeatureRows>(_ examples: Examples<Features>) throws(DataError) -> Probe {
    try Probe(self, examples)
  }
}
