/// The minimisation of a quadratic model and a regulariser that leaves coefficients at 0.
///
/// Coordinate descent (J. Friedman, T. Hastie, R. Tibshirani, Journal of Statistical Software 2010) finds the
/// coefficients that are not 0. On those, while none changes sign, the regulariser is quadratic, and the minimum is the
/// solution of a linear system: a step there, or up to the first change of sign, ends what coordinate descent alone
/// takes thousands of sweeps for where features are correlated. The minimum is certified by a sweep over all
/// coefficients that moves none.
///
/// Complexity of a round: O(p a + a^3) for p coefficients of which a are not 0.
struct ModelDescent<R: Regularizer> {
  private let model: QuadraticModel<R>
  private let x: [Double]
  private let raise: Double
  /// The step so far.
  private var d: [Double]
  /// The gradient of the model at d.
  private var slope: [Double]

  /// The descent from `x`, each curvature `H_jj` raised by `raise` times itself.
  init(_ model: QuadraticModel<R>, from x: [Double], raise: Double) {
    (self.model, self.x, self.raise) = (model, x, raise)
    d = [Double](repeating: 0, count: x.count)
    slope = model.gradient
  }

  private static var maximumRounds: Int { 300 }

  /// The step to the minimum.
  mutating func minimize() -> [Double] {
    let all = Array(x.indices)
    if model.penalty.isElastic { solve(moving) }
    for _ in 0..<Self.maximumRounds {
      if !sweep(all) { break }
      let coordinates = moving
      // A system takes as long as a number of sweeps that grows with its coordinates.
      let sweeps = model.penalty.isElastic ? min(10, coordinates.count / 10) : 10
      for _ in 0..<sweeps {
        if !sweep(coordinates) { break }
      }
      if model.penalty.isElastic { solve(moving) }
    }
    return d
  }

  /// The coordinates that are not 0, or not regularised.
  private var moving: [Int] { x.indices.filter { x[$0] + d[$0] != 0 || !model.penalty.applies(to: $0) } }

  /// Minimises over each coordinate in turn; false if none moves by more than rounding.
  private mutating func sweep(_ coordinates: [Int]) -> Bool {
    var largest = 0.0
    for j in coordinates {
      let curvature = max((1 + raise) * model.hessian[j, j], .leastNormalMagnitude)
      let new = model.penalty.proximal(x[j] + d[j] - slope[j] / curvature, at: j, step: 1 / curvature) - x[j]
      let change = new - d[j]
      guard change != 0, change.isFinite else { continue }
      move(j, by: change)
      d[j] = new
      largest = max(largest, curvature * change * change)
    }
    let size = zip(d, slope).reduce(0) { $0 + abs($1.0 * $1.1) }
    return largest > 1e-20 * size
  }

  private mutating func move(_ j: Int, by change: Double) {
    let (count, hessian) = (x.count, model.hessian)
    slope.withUnsafeMutableBufferPointer { slope in
      hessian.elements.withUnsafeBufferPointer {
        add(count, change, $0.baseAddress! + j * count, to: slope.baseAddress!)
      }
    }
    slope[j] += raise * hessian[j, j] * change
  }

  /// Moves the coordinates that are not 0 to their common minimum, or to where the first becomes 0.
  private mutating func solve(_ coordinates: [Int]) {
    var total = slope
    for j in coordinates {
      let value = x[j] + d[j]
      let sign: Double = value > 0 ? 1 : value < 0 ? -1 : 0
      total[j] += model.penalty.strength(at: j) * value + model.penalty.threshold(at: j) * sign
    }
    let step = model.solution(over: coordinates, slope: total, raise: raise)
    guard step.allSatisfy(\.isFinite) else { return }
    var (fraction, last) = (1.0, -1)
    for (j, move) in zip(coordinates, step) where model.penalty.threshold(at: j) > 0 {
      let crossing = -(x[j] + d[j]) / move
      if crossing > 0, crossing < fraction { (fraction, last) = (crossing, j) }
    }
    for (j, change) in zip(coordinates, step) {
      let new = j == last ? -x[j] : d[j] + fraction * change
      move(j, by: new - d[j])
      d[j] = new
    }
  }
}
