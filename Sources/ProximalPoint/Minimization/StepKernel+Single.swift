/// One step on one dense example, in two passes over its features: the innermost loop of a fit.
///
/// Equal to ``StepKernel/advance(on:step:)``, with *extrapolate* and *predict* in one pass: no regulariser follows the
/// step, and iterates are not averaged. Sparse examples use ``SparseStepKernel``.
extension StepKernel {
  /// One step of size `step` on the example at `row`; false if a number is not finite.
  func advance(onSingle row: Int, step: Double) -> Bool {
    let scale = isImplicit ? regularizer.scale(step: step) : 1
    var predictor = extrapolate(row, scale)
    if examples.hasIntercept {
      let here = current[features]
      extrapolate(features, 1, decay.momentum)
      predictor += looksAhead ? current[features] : here
    }
    if let offsets = examples.offsets { predictor += offsets[row] }
    let q = scale * examples.rows.squaredNorm(row) + (examples.hasIntercept ? 1 : 0)
    let xi = displacement(predictor, examples.targets[row], step * examples.weight(row), q)
    examples.rows.add(row, times: scale * xi, to: current.baseAddress!)
    if examples.hasIntercept { current[features] += xi }
    steps += 1
    return xi.isFinite
  }

  @inline(__always)
  private func extrapolate(_ row: Int, _ scale: Double) -> Double {
    let (x, previous) = (current.baseAddress!, previous.baseAddress!)
    if looksAhead {
      return examples.rows.extrapolatedDot(row, x, previous: previous, momentum: decay.momentum, scale: scale)
    }
    let predictor = examples.rows.dot(row, UnsafePointer(x))
    for column in 0..<features { extrapolate(column, scale, decay.momentum) }
    return predictor
  }
}
