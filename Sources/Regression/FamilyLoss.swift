import EspalierFiles
import EspalierLinearAlgebra
import EspalierProximalPoint

/// The loss of a fit, and all operations on it: of one linear predictor (`PredictorLoss`), of one for each class
/// (`MultinomialLogisticLoss`), or of one with thresholds (`OrdinalLoss`).
///
/// A solution holds the coefficients predictor by predictor: for each those of the features and, if there is one, the
/// intercept last; then the other parameters of the loss.
protocol FamilyLoss: Sendable {
  /// The number of linear predictors.
  var predictorCount: Int { get }

  /// The number of parameters of the loss that are fitted beside the coefficients.
  var parameterCount: Int { get }

  /// The minimisation by steps of a method, from the start or from a state.
  func run<Features: FeatureRows>(
    by method: any StochasticMethod, over examples: Examples<Features>, regularizer: any Regularizer,
    options: MinimizationOptions, from state: SolverState?
  ) throws(EspalierError) -> any MinimizationRun

  /// The minimisation by the default solver, from the start or from a state.
  func run<Features: StandardizableRows>(
    by solver: AutomaticSolver, over examples: Examples<Features>, regularizer: any Regularizer,
    from state: SolverState?
  ) throws(EspalierError) -> any MinimizationRun

  /// The steps of a pass over examples that come in blocks, on its next block.
  func step<Features: FeatureRows, S: Schedule>(
    _ pass: inout PassState, by method: any StochasticMethod, over examples: Examples<Features>,
    regularizer: any Regularizer,
    schedule: S, order: MinimizationOptions.Order
  ) throws(EspalierError)

  /// The average loss over the examples, without a regulariser.
  func average<Features: FeatureRows>(over examples: Examples<Features>, at solution: [Double]) -> Double

  /// The gradient of the average over the examples.
  func gradient<Features: FeatureRows>(over examples: Examples<Features>, at solution: [Double]) -> [Double]

  /// The Hessian of the average over the examples.
  func hessian<Features: FeatureRows>(over examples: Examples<Features>, at solution: [Double]) -> Matrix

  /// Adds curvature to a Hessian in directions in which neither the loss nor a regulariser changes.
  func fillFlatDirections<Features: FeatureRows>(
    of hessian: inout Matrix, over examples: Examples<Features>, regularizer: any Regularizer)

  /// The largest movement of an example's predictor along a step.
  func reach<Features: FeatureRows>(of step: [Double], over examples: Examples<Features>) -> Double

  /// The units of the loss over `count` examples, which are read in blocks as often as needed.
  func units<Features: FeatureRows>(
    count: Int, hasIntercept: Bool, over blocks: ExampleBlocks<Features>
  ) throws(EspalierError) -> LossUnits

  /// The loss of the only linear predictor; `nil` if each class has its own.
  var ofPredictor: (any Loss)? { get }

  /// Whether Newton's method alone minimises it: a loss without kinks and linear parts.
  var isCurved: Bool { get }

  /// Whether the infimum may be at infinity.
  var hasMinimaAtInfinity: Bool { get }

  /// The reason of a method's divergence on examples.
  func reasonOfDivergence<Features: FeatureRows>(
    of method: any StochasticMethod, _ examples: Examples<Features>, at solution: [Double]
  ) -> Divergence.Reason

  /// Norms and curvature of the examples, at the coefficients 0.
  func probe<Features: FeatureRows>(_ examples: Examples<Features>) throws(EspalierError) -> Probe
}

extension FamilyLoss {
  /// None.
  var parameterCount: Int { 0 }
}
