import Files
import ProximalPoint

/// A loss of one linear predictor.
struct PredictorLoss: FamilyLoss {
  let loss: any Loss

  var predictorCount: Int { 1 }

  func minimize<Features: FeatureRows>(
    by method: any Method, over examples: Examples<Features>, regularizer: any Regularizer,
    options: MinimizationOptions, observe: (Progress) -> Bool
  ) throws(DataError) -> Minimization {
    try method.minimize(loss, over: examples, regularizer: regularizer, options: options, observe: observe)
  }

  func minimize<Features: StandardizableRows>(
    by solver: AutomaticSolver, over examples: Examples<Features>, regularizer: any Regularizer
  ) throws(DataError) -> Minimization {
    try solver.minimize(loss, over: examples, regularizer: regularizer)
  }

  func pass<Features: FeatureRows, S: Schedule>(
    by method: any Method, from state: Iterate, regularizer: any Regularizer, schedule: S,
    order: MinimizationOptions.Order, over next: () throws(DataError) -> Examples<Features>?
  ) throws(DataError) -> StreamedPass {
    try method.pass(of: loss, from: state, regularizer: regularizer, schedule: schedule, order: order, over: next)
  }

  func average<Features: FeatureRows>(over examples: Examples<Features>, at solution: [Double]) -> Double {
    func average(_ loss: some Loss) -> Double {
      Objective(loss, over: examples, regularizer: NoRegularizer()).value(solution)
    }
    return average(loss)
  }

  func probe<Features: FeatureRows>(_ examples: Examples<Features>) -> Probe {
    func probe(_ loss: some Loss) -> Probe { Probe(loss, examples) }
    return probe(loss)
  }
}
