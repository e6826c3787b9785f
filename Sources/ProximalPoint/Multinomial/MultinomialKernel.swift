/// The steps of a method for several classes: as `StepKernel`, with a predictor for each class and every coordinate
/// touched.
///
/// A proximal step covers the loss and a quadratic regulariser together; the step of any other regulariser follows it.
/// Batches are averaged. Complexity of a step: O(K p).
final class MultinomialKernel<Rows: FeatureRows, R: Regularizer> {
  private let loss: MultinomialLogisticLoss
  private let examples: Examples<Rows>
  private let regularizer: R
  private let method: any StochasticMethod
  private let isImplicit: Bool
  private let looksAhead: Bool
  private var current: [Double]
  private var previous: [Double]
  private var predictors: [Double]
  private var displacements: [Double]
  private var equation: MultinomialEquation
  private var sums: [Double]
  private var summed = 0
  private(set) var steps: Int

  init(
    _ method: any StochasticMethod, _ loss: MultinomialLogisticLoss, _ examples: Examples<Rows>, _ regularizer: R,
    at iterate: Iterate, averaging: Bool
  ) {
    self.loss = loss
    self.examples = examples
    self.regularizer = regularizer
    self.method = method
    isImplicit = type(of: method).isImplicit
    looksAhead = type(of: method).looksAhead
    current = iterate.current
    previous = iterate.previous
    steps = iterate.steps
    predictors = [Double](repeating: 0, count: loss.classes * method.batch.size)
    displacements = predictors
    equation = MultinomialEquation(loss)
    sums = [Double](repeating: 0, count: averaging ? current.count : 0)
  }

  var iterate: Iterate {
    var iterate = Iterate(at: current)
    iterate.previous = previous
    iterate.steps = steps
    return iterate
  }

  func takeAverage() -> [Double]? {
    guard summed > 0, !sums.isEmpty else { return nil }
    let average = sums.map { $0 / Double(summed) }
    sums = [Double](repeating: 0, count: sums.count)
    summed = 0
    return average
  }

  func advance(on batch: UnsafeBufferPointer<Int>, step: Double) -> Bool {
    let (classes, p, features) = (loss.classes, examples.dimension, examples.rows.dimension)
    let scale = isImplicit && R.isLinear ? regularizer.scale(step: step) : 1
    if !looksAhead { predict(batch) }
    extrapolate(scale: scale)
    if looksAhead { predict(batch) }

    var finite = true
    for (i, row) in batch.enumerated() {
      displace(i, row, step, scale)
      for k in 0..<classes {
        let xi = displacements[i * classes + k] / Double(batch.count)
        finite = finite && xi.isFinite
        current.withUnsafeMutableBufferPointer { current in
          examples.rows.add(row, times: scale * xi, to: current.baseAddress! + k * p)
          if examples.hasIntercept { current[k * p + features] += xi }
        }
      }
    }
    if !(isImplicit && R.isLinear) { regularize(step: step) }
    steps += 1
    if !sums.isEmpty { sum() }
    return finite
  }

  /// `z = x + momentum (x - x_previous)`, features multiplied by `scale`; class by class.
  private func extrapolate(scale: Double) {
    let (p, features, momentum) = (examples.dimension, examples.rows.dimension, method.momentum)
    current.withUnsafeMutableBufferPointer { current in
      previous.withUnsafeMutableBufferPointer { previous in
        for start in stride(from: 0, to: current.count, by: p) {
          for j in start..<start + features {
            let x = current[j]
            current[j] = scale * (x + momentum * (x - previous[j]))
            previous[j] = x
          }
          for j in start + features..<start + p {
            let x = current[j]
            current[j] = x + momentum * (x - previous[j])
            previous[j] = x
          }
        }
      }
    }
  }

  private func regularize(step: Double) {
    guard R.self != NoRegularizer.self else { return }
    let (p, features, regularizer) = (examples.dimension, examples.rows.dimension, regularizer)
    current.withUnsafeMutableBufferPointer { current in
      for start in stride(from: 0, to: current.count, by: p) {
        for j in start..<start + features { current[j] = regularizer.proximal(current[j], step: step) }
      }
    }
  }

  private func sum() {
    summed += 1
    current.withUnsafeBufferPointer { current in
      sums.withUnsafeMutableBufferPointer { sums in
        for j in sums.indices { sums[j] += current[j] }
      }
    }
  }

  /// The sum of the weighted losses of these examples at the present iterate.
  func totalLoss(of batch: UnsafeBufferPointer<Int>) -> Double {
    predict(batch)
    return predictors.withUnsafeBufferPointer { predictors in
      batch.enumerated().reduce(0) { sum, example in
        let (i, row) = example
        let value = loss.value(predictors.baseAddress! + i * loss.classes, Int(examples.targets[row]))
        return sum + examples.weight(row) * value
      }
    }
  }

  private func predict(_ batch: UnsafeBufferPointer<Int>) {
    current.withUnsafeBufferPointer { current in
      for (i, row) in batch.enumerated() {
        for k in 0..<loss.classes {
          predictors[i * loss.classes + k] = examples.predictor(row, current.baseAddress! + k * examples.dimension)
        }
      }
    }
  }

  /// The displacements of example i, one for each class.
  private func displace(_ i: Int, _ row: Int, _ step: Double, _ scale: Double) {
    let weighted = step * examples.weight(row)
    let target = Int(examples.targets[row])
    let q = scale * examples.rows.squaredNorm(row) + (examples.hasIntercept ? 1 : 0)
    predictors.withUnsafeBufferPointer { predictors in
      displacements.withUnsafeMutableBufferPointer { displacements in
        let from = predictors.baseAddress! + i * loss.classes
        let into = displacements.baseAddress! + i * loss.classes
        if isImplicit {
          equation.solve(from: from, target: target, step: weighted, squaredNorm: q, into: into)
        } else {
          loss.shares(from, into: into)
          for k in 0..<loss.classes { into[k] = weighted * ((k == target ? 1 : 0) - into[k]) }
        }
      }
    }
  }
}
