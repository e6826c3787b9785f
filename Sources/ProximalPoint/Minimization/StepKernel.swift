/// The steps of a method on its own memory: a resource.
///
/// Let T be the set of coordinates that the examples of a batch touch (for dense rows, all). A step is:
///
/// 1. *settle*: coordinates of T untouched for k steps take those k steps at once (`Regularizer.drift`);
/// 2. *extrapolate*: `z = x + beta (x - x_previous)` on T;
/// 3. *predict*: `<a_i, x>` or `<a_i, z>`, where the method takes its gradient;
/// 4. *displace*: xi_i of each example, or of all together in joint form;
/// 5. *add* `xi_i a_i`, and apply `prox_R` to T unless step 4 has.
///
/// Complexity: O(|T|) and the displacements, for dense and sparse rows; only the joint equation allocates memory. Loops
/// over coordinates are specialised for rows and regulariser; loss and method are called once per example.
final class StepKernel<Rows: FeatureRows, R: Regularizer> {
  let loss: any Loss
  let examples: Examples<Rows>
  let regularizer: R
  let method: any StochasticMethod
  let isImplicit: Bool
  let looksAhead: Bool
  /// Whether coordinates that a batch does not touch are deferred until one does.
  let isLazy: Bool
  let isDamped: Bool
  /// Whether coordinates are extrapolated as they are settled: x itself is not needed in between.
  let extrapolatesAtOnce: Bool
  /// Whether `prox_R` is applied after the addition.
  let appliesRegularizer: Bool
  /// A bound on the contraction of the last step; 1 without damping.
  var contraction: Double
  let decay: MomentumDecay
  let features: Int
  let dimension: Int
  let current: UnsafeMutableBufferPointer<Double>
  let previous: UnsafeMutableBufferPointer<Double>
  /// The step up to which each coordinate is settled; for sparse rows.
  let settled: UnsafeMutableBufferPointer<Int>
  /// The sum of the iterates of each coordinate, up to the step where it is settled; empty without averaging.
  let sums: UnsafeMutableBufferPointer<Double>
  let touched: UnsafeMutableBufferPointer<Int>
  var touchedCount = 0
  let predictors: UnsafeMutableBufferPointer<Double>
  let displacements: UnsafeMutableBufferPointer<Double>
  var joint: JointEquation
  var steps: Int
  /// xi of one example.
  let displacement: Displacement
  /// Whether every step takes one example in two passes.
  let takesSingleSteps: Bool
  var summed = 0
  var lastStep: Double

  init(
    _ method: any StochasticMethod, _ loss: any Loss, _ examples: Examples<Rows>, _ regularizer: R, at iterate: Iterate,
    averaging: Bool
  ) {
    precondition(iterate.current.count == examples.dimension, "an iterate of other examples")
    self.loss = loss
    self.examples = examples
    self.regularizer = regularizer
    self.method = method
    isImplicit = type(of: method).isImplicit
    looksAhead = type(of: method).looksAhead
    isDamped = method.damping == .contraction
    isLazy = Rows.isSparse && !isDamped
    extrapolatesAtOnce = isLazy && (looksAhead || method.momentum == 0)
    // A linear prox is applied to z and to the addition, if the step is implicit.
    appliesRegularizer = R.self != NoRegularizer.self && !(isImplicit && R.isLinear)
    decay = MomentumDecay(method.momentum)
    features = examples.rows.dimension
    dimension = examples.dimension
    current = .allocate(capacity: dimension)
    previous = .allocate(capacity: dimension)
    settled = .allocate(capacity: isLazy ? dimension : 0)
    sums = .allocate(capacity: averaging ? dimension : 0)
    touched = .allocate(capacity: isLazy ? dimension : 0)
    predictors = .allocate(capacity: method.batch.size)
    displacements = .allocate(capacity: method.batch.size)
    joint = JointEquation(capacity: method.batch.form == .joint ? method.batch.size : 0)
    _ = current.initialize(from: iterate.current)
    _ = previous.initialize(from: iterate.previous)
    settled.initialize(repeating: iterate.steps)
    sums.initialize(repeating: 0)
    steps = iterate.steps
    contraction = iterate.contraction
    lastStep = method.step
    displacement = EspalierProximalPoint.displacement(of: loss, by: method)
    takesSingleSteps =
      !isLazy && !appliesRegularizer && (R.isLinear || !isImplicit) && !isDamped && !averaging && method.batch.size == 1
  }

  deinit {
    current.deallocate()
    previous.deallocate()
    settled.deallocate()
    sums.deallocate()
    touched.deallocate()
    predictors.deallocate()
    displacements.deallocate()
  }

  /// The iterate, all coordinates settled.
  var iterate: Iterate {
    settleAll()
    var iterate = Iterate(at: Array(current))
    iterate.previous = Array(previous)
    iterate.steps = steps
    iterate.contraction = contraction
    return iterate
  }

  /// Returns the average of the iterates since the last call and begins a new one; `nil` without averaging.
  func takeAverage() -> [Double]? {
    settleAll()
    guard summed > 0, !sums.isEmpty else { return nil }
    let average = sums.map { $0 / Double(summed) }
    sums.update(repeating: 0)
    summed = 0
    return average
  }

  /// One step of size `step` on these examples; false if a number is not finite.
  func advance(on batch: UnsafeBufferPointer<Int>, step: Double) -> Bool {
    if isLazy && R.dependsOnStep && step != lastStep { settleAll() }
    lastStep = step
    if takesSingleSteps { return advance(onSingle: batch[0], step: step) }
    settle(batch, step)
    let m = batch.count
    let point = UnsafePointer(current.baseAddress!)
    if !looksAhead { predict(batch, point) }
    extrapolate(step)
    if looksAhead { predict(batch, point) }
    displace(batch, step)
    // A sum that overflows is noticed at the next step, in its predictors.
    var finite = true
    let scale = isImplicit && R.isLinear ? regularizer.scale(step: step) : 1
    for i in 0..<m {
      let xi = displacements[i]
      finite = finite && xi.isFinite
      examples.rows.add(batch[i], times: scale * xi, to: current.baseAddress!)
      if examples.hasIntercept { current[features] += xi }
    }
    applyRegularizer(step)
    steps += 1
    if !sums.isEmpty { accumulate() }
    return finite
  }

  /// The sum of the weighted losses of these examples at the present iterate.
  func totalLoss(of batch: UnsafeBufferPointer<Int>) -> Double {
    bringUpToDate(batch)
    return batch.reduce(0) { sum, row in
      let predictor = examples.predictor(row, UnsafePointer(current.baseAddress!))
      return sum + examples.weight(row) * loss.value(predictor, examples.targets[row])
    }
  }
}
