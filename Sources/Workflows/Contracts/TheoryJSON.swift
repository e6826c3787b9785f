import EspalierPruning
import EspalierReports

/// The theory of one group in the JSON of `prune --theory`.
struct TheoryJSON: Encodable {
  let kept: Int
  let units: Int
  let outputs: Int
  @OrNull var compressibility: Compressibility?
  let isometry: RestrictedIsometry
  /// The constant from which on the theorem says nothing.
  let isometryThreshold: Double
  @OrNull var bound: Double?
  @OrNull var relativeBound: Double?
  @OrNull var promisedDegree: Double?
  @OrNull var residual: Double?
  @OrNull var relativeResidual: Double?
  @OrNull var emptyResidual: Double?
  @OrNull var largestResidual: Double?
  @OrNull var chosenResidual: Double?
  let foundShare: Double
  let verdict: GroupTheory.Verdict
  let statement: String

  init(_ theory: GroupTheory) {
    kept = theory.kept
    units = theory.units
    outputs = theory.outputs
    compressibility = theory.compressibility
    isometry = theory.isometry
    isometryThreshold = RecoveryBound.threshold
    bound = theory.bound.residual
    relativeBound = theory.relativeBound
    promisedDegree = theory.compressibility?.promisedDegree
    residual = theory.residual
    relativeResidual = theory.relativeResidual
    emptyResidual = theory.emptyResidual
    largestResidual = theory.largestResidual
    chosenResidual = theory.chosenResidual
    foundShare = theory.foundShare
    verdict = theory.verdict
    statement = theory.sentence
  }
}
