import Files
import LinearAlgebra
import ProximalPoint

/// What a fit minimises, and all that is done with it: a loss of one linear predictor (`PredictorLoss`), or of one for each class
/// (`MultinomialLogisticLoss`).
///
/// A solution has the coefficients of the first predictor, each one for each feature and, if there is one, the intercept last; then
/// those of the next.
protocol FamilyLoss: Sendable {
  /// How many linear predictors there are.
  var predictorCount: Int { get }

  /// Minimises by steps of a method.
  func minimize<Features: FeatureRows>(
    by method: any Method, over examples: Examples<Features>, regularizer: any Regularizer,
    options: MinimizationOptions, observe: (Progress) -> Bool
  ) throws(EspalierError) -> Minimization

  /// Minimises without a step size to tune.
  func minimize<Features: StandardizableRows>(
    by solver: AutomaticSolver, over examples: Examples<Features>, regularizer: any Regularizer
  ) throws(EspalierError) -> Minimization

  /// One pass over examples that come in blocks.
  func pass<Features: FeatureRows, S: Schedule>(
    by method: any Method, from state: Iterate, regularizer: any Regularizer, schedule: S,
    order: MinimizationOptions.Order, over next: () throws(EspalierError) -> Examples<Features>?
  ) throws(EspalierError) -> StreamedPass

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

  /// The units of the loss over `count` examples that come in blocks, as often as `pass` hands them to its argument.
  func units<Features: FeatureRows>(
    count: Int, hasIntercept: Bool, pass: ((Examples<Features>) -> Void) throws(EspalierError) -> Void
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
