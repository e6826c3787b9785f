/// Steps on one sparse example each: the work of ``StepKernel`` with the data of an example, an element and a
/// coordinate each contiguous in memory (``PackedExamples``).
///
/// A coordinate is settled, extrapolated and multiplied on the first read, and moved on the second. Complexity: O(nnz
/// of the row) and the displacement.
final class SparseStepKernel<R: Regularizer> {
  /// A coordinate, and the step up to which it is settled.
  private struct Place {
    var coordinate: Coordinate
    var settled: Int
  }

  private let loss: any Loss
  private let examples: PackedExamples
  private let regularizer: R
  private let displacement: Displacement
  private let isImplicit: Bool
  private let looksAhead: Bool
  private let decay: MomentumDecay
  private let places: UnsafeMutableBufferPointer<Place>
  private var intercept: Coordinate
  private(set) var steps: Int
  private var lastStep: Double

  /// Steps from an iterate; `nil` if steps take several examples, are damped, or are followed by a regulariser.
  init?(
    _ method: any StochasticMethod, _ loss: any Loss, _ examples: Examples<SparseRows>, _ regularizer: R,
    at iterate: Iterate
  ) {
    isImplicit = type(of: method).isImplicit
    looksAhead = type(of: method).looksAhead
    guard method.batch.size == 1, method.damping == .none,
      R.self == NoRegularizer.self || isImplicit && R.isLinear
    else { return nil }
    precondition(iterate.current.count == examples.dimension, "an iterate of other examples")
    self.loss = loss
    self.examples = PackedExamples(examples)
    self.regularizer = regularizer
    displacement = EspalierProximalPoint.displacement(of: loss, by: method)
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

  deinit {
    places.deallocate()
    examples.deallocate()
  }

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

  /// Prefetches the elements of the example `soon` and the row data of the example `later`. In random order each read
  /// is a cache miss and takes longer than the step.
  @inline(__always)
  func prepare(soon: Int, later: Int) {
    examples.prefetch(elementsOf: soon)
    examples.prefetch(row: later)
  }

  /// One step of size `step` on the example at `row`; false if a number is not finite.
  func advance(on row: Int, step: Double) -> Bool {
    if R.dependsOnStep && step != lastStep { settleAll() }
    lastStep = step
    let (places, regularizer, now) = (places, regularizer, steps)
    let (looksAhead, beta) = (looksAhead, decay.momentum)
    let scale = isImplicit ? regularizer.scale(step: step) : 1
    let example = examples.rows[row]
    let elements = examples.elements(of: example)
    var predictor = example.offset
    for element in elements {
      let column = Int(element.column)
      var x = places[column].coordinate
      let behind = now &- places[column].settled
      if R.self == NoRegularizer.self {
        let velocity = x.current - x.previous
        let reach = decay.reach(behind)
        x = Coordinate(current: x.current + velocity * reach.next, previous: x.current + velocity * reach.here)
      } else {
        if behind > 0 { regularizer.drift(&x, steps: behind, momentum: decay, step: step) }
        x = Coordinate(current: scale * (x.current + beta * (x.current - x.previous)), previous: x.current)
      }
      places[column] = Place(coordinate: x, settled: now &+ 1)
      predictor += element.value * (looksAhead ? x.current : x.previous)
    }
    if examples.hasIntercept {
      let here = intercept.current
      intercept = Coordinate(current: here + beta * (here - intercept.previous), previous: here)
      predictor += looksAhead ? intercept.current : here
    }
    let q = scale * example.squaredNorm + (examples.hasIntercept ? 1 : 0)
    let xi = displacement(predictor, example.target, step * example.weight, q)
    let length = scale * xi
    for element in elements { places[Int(element.column)].coordinate.current += length * element.value }
    if examples.hasIntercept { intercept.current += xi }
    steps += 1
    return xi.isFinite
  }

  /// The sum of the weighted losses of these examples at the present iterate.
  func totalLoss(of batch: UnsafeBufferPointer<Int>) -> Double {
    batch.reduce(0) { sum, row in
      let example = examples.rows[row]
      var predictor = example.offset + intercept.current
      for element in examples.elements(of: example) {
        let column = Int(element.column)
        settle(column)
        predictor += element.value * places[column].coordinate.current
      }
      return sum + example.weight * loss.value(predictor, example.target)
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
