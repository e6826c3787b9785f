/// One proximal step on one example, in two passes over its features: the commonest step, and the innermost loop of a fit.
///
/// The same step as ``StepKernel/advance(on:step:)``'s, its parts *settle*, *extrapolate* and *predict* in one pass, and without the list of
/// coordinates touched, which nothing asks for: the regulariser is part of the step, and no iterates are averaged.
extension StepKernel {
  /// Whether steps on one example can be made so.
  var takesSingleSteps: Bool {
    isImplicit && R.isLinear && !isDamped && sums.isEmpty && method.batch.size == 1
  }

  /// One step of size `step` on the example at `row`; false if it left the finite numbers.
  func advance(onSingle row: Int, step: Double) -> Bool {
    let scale = regularizer.scale(step: step)
    var predictor = isLazy ? extrapolateSparse(row, scale, step) : extrapolateDense(row, scale)
    if examples.hasIntercept {
      extrapolate(features, 1, decay.momentum)
      if isLazy { settled[features] = steps + 1 }
      predictor += current[features]
    }
    if let offsets = examples.offsets { predictor += offsets[row] }
    let q = scale * examples.rows.squaredNorm(row) + (examples.hasIntercept ? 1 : 0)
    let xi = proximalDisplacement(predictor, examples.targets[row], step * examples.weight(row), q)
    examples.rows.add(row, times: scale * xi, to: current.baseAddress!)
    if examples.hasIntercept { current[features] += xi }
    steps += 1
    return xi.isFinite
  }

  @inline(__always)
  private func extrapolateSparse(_ row: Int, _ scale: Double, _ step: Double) -> Double {
    let (current, previous, settled, now, beta) = (current, previous, settled, steps, decay.momentum)
    var sum = 0.0
    examples.rows.forEachElement(of: row) { column, value in
      var x = Coordinate(current: current[column], previous: previous[column])
      let behind = now - settled[column]
      if behind > 0 { regularizer.drift(&x, steps: behind, momentum: decay, step: step) }
      let z = scale * (x.current + beta * (x.current - x.previous))
      previous[column] = x.current
      current[column] = z
      settled[column] = now + 1
      sum += value * z
    }
    return sum
  }

  @inline(__always)
  private func extrapolateDense(_ row: Int, _ scale: Double) -> Double {
    examples.rows.extrapolatedDot(
      row, current.baseAddress!, previous: previous.baseAddress!, momentum: decay.momentum, scale: scale)
  }
}

/// The scalar proximal step of a loss, compiled for the losses that most fits have.
typealias ProximalDisplacement = (_ predictor: Double, _ target: Double, _ step: Double, _ q: Double) -> Double

/// The scalar proximal step of `loss`.
func proximalDisplacement(of loss: any Loss) -> ProximalDisplacement {
  switch loss {
  case let loss as SquaredLoss:
    { loss.proximalDisplacement(from: $0, target: $1, step: $2, squaredNorm: $3) }
  case let loss as LogisticLoss:
    { loss.proximalDisplacement(from: $0, target: $1, step: $2, squaredNorm: $3) }
  case let loss as PoissonLoss:
    { loss.proximalDisplacement(from: $0, target: $1, step: $2, squaredNorm: $3) }
  default:
    { loss.proximalDisplacement(from: $0, target: $1, step: $2, squaredNorm: $3) }
  }
}
