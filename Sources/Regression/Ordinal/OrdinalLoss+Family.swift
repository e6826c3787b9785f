import EspalierFiles
import EspalierLinearAlgebra
import EspalierProximalPoint

extension OrdinalLoss: FamilyLoss {
  var predictorCount: Int { 1 }

  var parameterCount: Int { classes - 2 }

  var ofPredictor: (any Loss)? { nil }

  func run<Features: StandardizableRows>(
    by solver: AutomaticSolver, over examples: Examples<Features>, regularizer: any Regularizer,
    from state: SolverState?
  ) throws(EspalierError) -> any MinimizationRun {
    try solver.run(self, over: examples, regularizer: regularizer, from: state)
  }

  func average<Features: FeatureRows>(over examples: Examples<Features>, at solution: [Double]) -> Double {
    OrdinalObjective(self, over: examples).lossValue(solution)
  }

  func gradient<Features: FeatureRows>(over examples: Examples<Features>, at solution: [Double]) -> [Double] {
    OrdinalObjective(self, over: examples).lossGradient(solution)
  }

  func hessian<Features: FeatureRows>(over examples: Examples<Features>, at solution: [Double]) -> Matrix {
    OrdinalObjective(self, over: examples).lossHessian(solution)
  }

  func fillFlatDirections<Features: FeatureRows>(
    of hessian: inout Matrix, over examples: Examples<Features>, regularizer: any Regularizer
  ) {}

  func reach<Features: FeatureRows>(of step: [Double], over examples: Examples<Features>) -> Double {
    OrdinalObjective(self, over: examples).reach(of: step)
  }

  var isCurved: Bool { true }

  var hasMinimaAtInfinity: Bool { true }
}

/// What thresholds do not allow: a step along the features of a few examples moves none of them.
extension OrdinalLoss {
  private var withoutSteps: EspalierError {
    EspalierError(
      .argument, "the family ordinal", "has no steps by example, which would have to move its thresholds too",
      remedy: "fit it in memory, without --step, --momentum, --method and --stream")
  }

  func run<Features: FeatureRows>(
    by method: any StochasticMethod, over examples: Examples<Features>, regularizer: any Regularizer,
    options: MinimizationOptions, from state: SolverState?
  ) throws(EspalierError) -> any MinimizationRun {
    throw withoutSteps
  }

  func step<Features: FeatureRows, S: Schedule>(
    _ pass: inout PassState, by method: any StochasticMethod, over examples: Examples<Features>,
    regularizer: any Regularizer, schedule: S, order: MinimizationOptions.Order
  ) throws(EspalierError) {
    throw withoutSteps
  }

  func units<Features: FeatureRows>(
    count: Int, hasIntercept: Bool, over blocks: ExampleBlocks<Features>
  ) throws(EspalierError) -> LossUnits {
    throw withoutSteps
  }

  func reasonOfDivergence<Features: FeatureRows>(
    of method: any StochasticMethod, _ examples: Examples<Features>, at solution: [Double]
  ) -> Divergence.Reason { .overflow }

  func probe<Features: FeatureRows>(_ examples: Examples<Features>) throws(EspalierError) -> Probe {
    throw withoutSteps
  }
}
