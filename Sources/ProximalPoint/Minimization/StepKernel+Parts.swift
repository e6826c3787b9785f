/// The parts of a step, in order.
extension StepKernel {
  func settle(_ batch: UnsafeBufferPointer<Int>, _ step: Double) {
    guard isLazy else { return }
    // Local copies, which the loop would otherwise reload for each element.
    let (settled, touched, now, next) = (settled, touched, steps, steps + 1)
    let scale = isImplicit && R.isLinear ? regularizer.scale(step: step) : 1
    let (atOnce, beta) = (extrapolatesAtOnce, momentum)
    var count = 0
    for row in batch {
      examples.rows.forEachElement(of: row) { column, _ in
        let since = settled[column]
        guard since < next else { return }
        if since < now { settle(column, step) }
        settled[column] = next
        if atOnce { extrapolate(column, scale, beta) }
        touched[count] = column
        count += 1
      }
    }
    touchedCount = count
    if examples.hasIntercept {
      settled[features] = next
      if atOnce { extrapolate(features, 1, beta) }
      touched[touchedCount] = features
      touchedCount += 1
    }
  }

  /// Settles the coordinates that the batch touches, up to the present iterate, without beginning a step.
  func bringUpToDate(_ batch: UnsafeBufferPointer<Int>) {
    guard isLazy else { return }
    for row in batch {
      examples.rows.forEachElement(of: row) { column, _ in
        settle(column, lastStep)
        settled[column] = steps
      }
    }
  }

  @inline(__always)
  func settle(_ column: Int, _ step: Double) {
    let behind = steps - settled[column]
    guard behind > 0 else { return }
    var coordinate = Coordinate(current: current[column], previous: previous[column])
    if sums.isEmpty {
      regularizer.drift(&coordinate, steps: behind, momentum: decay, step: step)
    } else {
      regularizer.drift(&coordinate, steps: behind, momentum: decay, step: step, addingTo: &sums[column])
    }
    current[column] = coordinate.current
    previous[column] = coordinate.previous
  }

  func settleAll() {
    guard isLazy else { return }
    for column in 0..<features {
      settle(column, lastStep)
      settled[column] = steps
    }
  }

  /// Calls `body` with each coordinate that the batch touches.
  @inline(__always)
  func forEachTouched(_ body: (Int) -> Void) {
    if isLazy {
      for position in 0..<touchedCount { body(touched[position]) }
    } else {
      for column in 0..<dimension { body(column) }
    }
  }

  func extrapolate(_ step: Double) {
    guard !extrapolatesAtOnce else { return }
    let scale = isImplicit && R.isLinear ? regularizer.scale(step: step) : 1
    let (features, beta) = (features, momentum)
    forEachTouched { column in extrapolate(column, column < features ? scale : 1, beta) }
  }

  /// `z = x + beta (x - x_previous)`, times the factor of a linear prox.
  @inline(__always)
  func extrapolate(_ column: Int, _ scale: Double, _ beta: Double) {
    let x = current[column]
    current[column] = scale * (x + beta * (x - previous[column]))
    previous[column] = x
  }

  /// The momentum of this step.
  var momentum: Double {
    isDamped ? decay.momentum * contraction : decay.momentum
  }

  func predict(_ batch: UnsafeBufferPointer<Int>, _ point: UnsafePointer<Double>) {
    for i in 0..<batch.count { predictors[i] = examples.predictor(batch[i], point) }
  }

  func displace(_ batch: UnsafeBufferPointer<Int>, _ step: Double) {
    let m = batch.count
    let scale = isImplicit && R.isLinear ? regularizer.scale(step: step) : 1
    if isImplicit && m > 1 && method.batch.form == .joint {
      joint.solve(
        loss, examples, batch, predictors: UnsafeBufferPointer(predictors), step: step, scale: scale,
        into: displacements)
      if isDamped { contraction = joint.contraction(loss) }
      return
    }
    var moved = 0.0
    for i in 0..<m {
      let row = batch[i]
      let weighted = step * examples.weight(row)
      let target = examples.targets[row]
      let q = scale * examples.rows.squaredNorm(row) + (examples.hasIntercept ? 1 : 0)
      let xi: Double
      if isImplicit && !R.isLinear {
        xi = regularizedDisplacement(row, step)
      } else {
        xi = method.displacement(
          of: loss, predictor: predictors[i], target: target, step: weighted, squaredNorm: q)
      }
      displacements[i] = xi / Double(m)
      if isDamped {
        let curvature = weighted * q * loss.curvature(predictors[i] + q * xi, target)
        moved += curvature == .infinity ? 1 : curvature / (1 + curvature)
      }
    }
    // The norm of an average of steps is at most the average of their norms.
    if isDamped { contraction = 1 - moved / Double(m) }
  }

  /// xi of the proximal step of one example's loss and the regulariser together, from z in `current`.
  func regularizedDisplacement(_ row: Int, _ step: Double) -> Double {
    RegularizedEquation(
      loss: loss, examples: examples, regularizer: regularizer, row: row, step: step,
      point: UnsafePointer(current.baseAddress!)
    ).displacement()
  }

  func applyRegularizer(_ step: Double) {
    guard appliesRegularizer else { return }
    let features = features
    forEachTouched { column in
      if column < features { current[column] = regularizer.proximal(current[column], step: step) }
    }
  }

  func accumulate() {
    summed += 1
    forEachTouched { column in sums[column] += current[column] }
  }
}
