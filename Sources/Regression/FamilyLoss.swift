import EspalierFiles
import EspalierLinearAlgebra
import EspalierProximalPoint

/// What a fit minimises, and all that is done with it: a loss of one linear predictor (`PredictorLoss`), or of one for each class
/// (`MultinomialLogisticLoss`).
///
/// A solution has the coefficients of the first predictor, each one for each feature and, if there is one, the intercept last; then
/// those of the next.
protocol FamilyLoss: Sendable {
  /// How many linear predictors there are.
  var predictorCount: Int { get }

  /// The minimisation by steps of a method, from its beginning or from a state of it.
  func run<Features: FeatureRows>(
    by method: any Method, over examples: Examples<Features>, regularizer: any Regularizer,
    options: MinimizationOptions, from state: SolverState?
  ) throws(EspalierError) -> any MinimizationRun

  /// The minimisation without a step size to tune, from its beginning or from a state of it.
  func run<Features: StandardizableRows>(
    by solver: AutomaticSolver, over examples: Examples<Features>, regularizer: any Regularizer,
    from state: SolverState?
  ) throws(EspalierError) -> any MinimizationRun

  /// The steps of a pass over examples that come in blocks, on its next block.
  func step<Features: FeatureRows, S: Schedule>(
    _ pass: inout PassState, by method: any Method, over examples: Examples<Features>, regularizer: any Regularizer,
    schedule: S, order: MinimizationOptions.Order
  ) throws(EspalierError)

  /// The average over the examples, without a regulariser.
  func average<Features: FeatureRows>(over examples: Examples<Features>, at solution: [Double]) -> Double

  /// The gradient of the average over the examples.
  func gradient<Features: FeatureRows>(over examples: Examples<Features>, at solution: [Double]) -> [Double]

  /// The Hessian of the average over the examples.
  func hessian<Features: FeatureRows>(over examples: Examples<Features>, at solution: [Double]) -> Matrix

  /// Gives a Hessian curvature in directions in which neither the loss nor a regulariser ever changes.
  func fillFlatDirections<Features: FeatureRows>(
    of hessian: inout Matrix, over examples: Examples<Features>, regularizer: any Regularizer)

  /// By how much a step moves the predictor of an example at most.
  func reach<Features: FeatureRows>(of step: [Double], over examples: Examples<Features>) -> Double

  /// The units of the loss over `count` examples that come in blocks, as often as they are asked for.
  func units<Features: FeatureRows>(
    count: Int, hasIntercept: Bool, over blocks: ExampleBlocks<Features>
  ) throws(EspalierError) -> LossUnits

  /// Whether Newton's method alone minimises it: it has no kinks and no linear parts.
  var isCurved: Bool { get }

  /// Whether the infimum may be at infinity.
  var hasMinimaAtInfinity: Bool { get }

  /// Why a method diverged on examples.
  func reasonOfDivergence<Features: FeatureRows>(
    of method: any Method, _ examples: Examples<Features>, at solution: [Double]
  ) -> Divergence.Reason

  /// Norms and curvature of the examples, at the coefficients 0.
  func probe<Features: FeatureRows>(_ examples: Examples<Features>) throws(EspalierError) -> Probe
}
