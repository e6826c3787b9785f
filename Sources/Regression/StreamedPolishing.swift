import EspalierFiles
import EspalierProximalPoint

/// Newton's method on streamed rows, on envelopes of a loss with linear parts, where it applies.
final class StreamedPolishing<Features: FeatureRows> {
  /// The method on an objective, with the type of the regulariser erased.
  private struct Steps {
    let begin: (_ approach: [Double]) -> PolishState
    let advance: (inout PolishState) -> Bool
    let outcome: (PolishState) -> (result: Minimization, unbounded: [Int])
    let failure: () -> EspalierError?
  }

  private let fit: Fit
  private let rows: StreamedRows
  private let blocks: ExampleBlocks<Features>
  private let usesNewton: Bool
  private var steps: Steps?

  /// The polish of a fit.
  init(_ fit: Fit, _ rows: StreamedRows, _ blocks: ExampleBlocks<Features>, usesNewton: Bool) {
    self.fit = fit
    self.rows = rows
    self.blocks = blocks
    self.usesNewton = usesNewton
  }

  /// Takes the next iteration, the first from `approach`; false if none is left.
  func advance(_ state: inout PolishState?, approach: [Double]) throws(EspalierError) -> Bool {
    guard usesNewton else { return false }
    let steps = try prepared()
    var current = state ?? steps.begin(approach)
    let goesOn = steps.advance(&current)
    if let failure = steps.failure() { throw failure }
    state = current
    return goesOn
  }

  /// The outcome, and the indices of coefficients that grow without bound.
  func outcome(
    of state: PolishState?, approach: [Double]
  ) throws(EspalierError) -> (result: Minimization, unbounded: [Int]) {
    let steps = try prepared()
    let outcome = steps.outcome(state ?? steps.begin(approach))
    if let failure = steps.failure() { throw failure }
    return outcome
  }

  private func prepared() throws(EspalierError) -> Steps {
    if let steps { return steps }
    let made = try makeSteps(fit.options.regularizer)
    steps = made
    return made
  }

  private func makeSteps(_ regularizer: some Regularizer) throws(EspalierError) -> Steps {
    let (hasIntercept, usesNewton, polish) = (fit.options.intercept, usesNewton, Polish())
    let (isCurved, seeksInfinity) = (fit.loss.isCurved, fit.loss.hasMinimaAtInfinity)
    let (base, scaling) = (StreamedObjective(fit, rows, blocks, regularizer), rows.scaling!)
    let (block, features) = (base.penalty.block, rows.features.count)
    let objective = StandardizedObjective(
      base, scales: scaling.deviations, shifts: hasIntercept ? scaling.shifts : nil)
    let units = try fit.loss.units(count: rows.count, hasIntercept: hasIntercept, over: blocks)
    return Steps(
      begin: { approach in
        let start = objective.better(
          objective.coordinates(ofScaled: approach), units.start(block: block, hasIntercept: hasIntercept))
        return isCurved || !usesNewton
          ? polish.begin(objective, from: start) : polish.beginEnvelopes(objective, from: start, units)
      },
      advance: {
        isCurved
          ? polish.advance(&$0, objective, hasIntercept: hasIntercept, units, seeksInfinity: seeksInfinity)
          : polish.advanceEnvelopes(&$0, objective, hasIntercept: hasIntercept, units)
      },
      outcome: { state in
        let result =
          usesNewton
          ? polish.outcome(of: state, objective, hasIntercept: hasIntercept, units, seeksInfinity: seeksInfinity)
          : polish.certified(
            polish.unpolished(
              objective, state.start, hasIntercept,
              "streamed steps of SPPA alone: Newton's method is for up to \(Polish.newtonLimit) coefficients"
            ), objective, units)
        var unbounded: [Int] = []
        if let step = result.flatDirection {
          let moved = objective.shifted(step)
          unbounded = FlatDirection.coefficients(
            moving: step,
            restored: stride(from: 0, to: moved.count, by: block).flatMap {
              scaling.restore(Array(moved[$0..<$0 + block]))
            },
            block: block, features: features)
        }
        return (result.mapping(prefix: "", objective.shifted), unbounded)
      },
      failure: { base.failure })
  }
}
