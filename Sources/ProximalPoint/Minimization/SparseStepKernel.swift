/// Steps on one sparse example each: what ``StepKernel`` does, with all that is known of a coordinate in one place in memory.
///
/// A coordinate is settled, extrapolated and multiplied as it is read, and moved as it is read again. Three arrays would be three misses of the cache
/// for each element of a row. Complexity: O(nnz of the row) and the displacement.
final class SparseStepKernel<R: Regularizer> {
  /// A coordinate, and up to which step it is settled.
  private struct Place {
    var coordinate: Coordinate
    var settled: Int
  }

  private let loss: any Loss
  private let examples: Examples<SparseRows>
  private let regularizer: R
  private let displacement: Displacement
  private let isImplicit: Bool
  private let looksAhead: Bool
  private let decay: MomentumDecay
  private let places: UnsafeMutableBufferPointer<Place>
  private var intercept: Coordinate
  private(set) var steps: Int
  private var lastStep: Double

  /// Steps from an iterate; `nil` for a method whose steps are of several examples, damped, or followed by a regulariser.
  init?(
    _ method: any Method, _ loss: any Loss, _ examples: Examples<SparseRows>, _ regularizer: R, at iterate: Iterate
  ) {
    isImplicit = type(of: method).isImplicit
    looksAhead = type(of: method).looksAhead
    guard method.batch.size == 1, method.damping == .none,
      R.self == NoRegularizer.self || isImplicit && R.isLinear
    else { return nil }
    precondition(iterate.current.count == examples.dimension, "an iterate of other examples")
    self.loss = loss
    self.examples = examples
    self.regularizer = regularizer
    displacement = ProximalPoint.displacement(of: loss, by: method)
    decay = MomentumDecay(method.momentum)
    places = .allocate(capacity: examples.rows.dimension)
    for column in places.indices {
      let coordinate = Coordinate(current: iterate.current[column], previous: iterate.previous[column])
      places.initializeElement(at: column, to: Place(coordinate: coordinate, settled: iterate.steps))
    }
    intercept =
      examples.hasIntercept
      ? Coordinate(current: iterate.current.last!, previous: iterate.previous.last!)
      : Coordinate(current: 0, previous: 0)
    steps = iterate.steps
    lastStep = method.step
  }

  deinit { places.deallocate() }

  /// The iterate, all coordinates settled.
  var iterate: Iterate {
    settleAll()
    let tail = examples.hasIntercept ? [intercept] : []
    let coordinates = places.map(\.coordinate) + tail
    var iterate = Iterate(at: coordinates.map(\.current))
    iterate.previous = coordinates.map(\.previous)
    iterate.steps = steps
    return iterate
  }

  /// One step of size `step` on the example at `row`; false if it left the finite numbers.
  func advance(on row: Int, step: Double) -> Bool {
    if R.dependsOnStep && step != lastStep { settleAll() }
    lastStep = step
    let (places, decay, regularizer, now) = (places, decay, regularizer, steps)
    let (looksAhead, beta) = (looksAhead, decay.momentum)
    let scale = isImplicit ? regularizer.scale(step: step) : 1
    var predictor = examples.offsets.map { $0[row] } ?? 0
    examples.rows.forEachElement(of: row) { column, value in
      var x = places[column].coordinate
      let behind = now - places[column].settled
      if behind > 0 { regularizer.drift(&x, steps: behind, momentum: decay, step: step) }
      let z = scale * (x.current + beta * (x.current - x.previous))
      places[column] = Place(coordinate: Coordinate(current: z, previous: x.current), settled: now + 1)
      predictor += value * (looksAhead ? z : x.current)
    }
    if examples.hasIntercept {
      let here = intercept.current
      intercept = Coordinate(current: here + beta * (here - intercept.previous), previous: here)
      predictor += looksAhead ? intercept.current : here
    }
    let q = scale * examples.rows.squaredNorm(row) + (examples.hasIntercept ? 1 : 0)
    let xi = displacement(predictor, examples.targets[row], step * examples.weight(row), q)
    let length = scale * xi
    examples.rows.forEachElement(of: row) { column, value in places[column].coordinate.current += length * value }
    if examples.hasIntercept { intercept.current += xi }
    steps += 1
    return xi.isFinite
  }

  /// The sum of the weighted losses of these examples at the iterate as it is.
  func totalLoss(of batch: UnsafeBufferPointer<Int>) -> Double {
    batch.reduce(0) { sum, row in
      var predictor = (examples.offsets.map { $0[row] } ?? 0) + intercept.current
      examples.rows.forEachElement(of: row) { column, value in
        settle(column)
        predictor += value * places[column].coordinate.current
      }
      return sum + examples.weight(row) * loss.value(predictor, examples.targets[row])
    }
  }

  private func settle(_ column: Int) {
    let behind = steps - places[column].settled
    guard behind > 0 else { return }
    regularizer.drift(&places[column].coordinate, steps: behind, momentum: decay, step: lastStep)
    places[column].settled = steps
  }

  private func settleAll() {
    for column in places.indices { settle(column) }
  }
}
