import EspalierProximalPoint
import EspalierTensors
import EspalierTraining
import Testing

@Suite struct StochasticProximalPointTests {
  /// `f(w) = sum of curvature (w - target)^2 / 2`, over two parameters of which the second does not decay.
  private final class Quadratic {
    let curvature: [Float] = [0.1, 1, 3, 0, 0.5, 20]
    let target: [Float] = [1, -2, 0.5, 3, -1, 0.25]
    let weights = UnsafeMutableBufferPointer<Float>.allocate(capacity: 6)
    private let gradient = UnsafeMutableBufferPointer<Float>.allocate(capacity: 6)
    private let memory: [UnsafeMutableBufferPointer<Float>]
    private(set) var evaluations = 0

    init(for rule: some Optimizer) {
      _ = weights.initialize(from: [3, 1, -1, 2, 0, 4])
      gradient.initialize(repeating: 0)
      memory = (0..<rule.stateNames.count + rule.workspaceCount).map { _ in
        let run = UnsafeMutableBufferPointer<Float>.allocate(capacity: 6)
        run.initialize(repeating: 0)
        return run
      }
    }

    deinit {
      for memory in [weights, gradient] + memory { memory.deallocate() }
    }

    func take(_ rule: some Optimizer, number: Int, stepSize: Float) -> Double {
      let parameters = [(0..<3, true), (3..<6, false)].map { range, decays in
        let runs = memory.map { UnsafeMutableBufferPointer(rebasing: $0[range]) }
        return OptimizedParameter(
          value: .init(rebasing: weights[range]), gradient: .init(rebasing: gradient[range]),
          state: Array(runs.prefix(rule.stateNames.count)), workspace: Array(runs.dropFirst(rule.stateNames.count)),
          decays: decays)
      }
      return rule.take(
        OptimizationStep(parameters, number: number, stepSize: stepSize) { [self] in
          evaluations += 1
          var value = 0.0
          for i in 0..<6 {
            let away = weights[i] - target[i]
            gradient[i] = curvature[i] * away
            value += Double(curvature[i] * away * away) / 2
          }
          return value
        })
    }
  }

  /// With enough inner steps, `w = (z + step curvature target) / (1 + step (curvature + decay))`, where `z` is the
  /// extrapolated point.
  @Test(arguments: [0, 0.5, 0.9] as [Float], [1e-2, 1, 50] as [Float])
  func manyInnerStepsAreTheProximalStep(momentum: Float, stepSize: Float) {
    let rule = StochasticProximalPoint(
      momentum: momentum, weightDecay: 0.2, damping: .none, inner: InexactProximalStep(iterations: 500, tolerance: 1e-5)
    )
    let problem = Quadratic(for: rule)
    var previous = Array(problem.weights)
    for number in 1...8 {
      let here = Array(problem.weights)
      let expected = here.indices.map { i in
        let z = here[i] + momentum * (here[i] - previous[i])
        let decay: Float = i < 3 ? 0.2 : 0
        return (z + stepSize * problem.curvature[i] * problem.target[i])
          / (1 + stepSize * (problem.curvature[i] + decay))
      }
      _ = problem.take(rule, number: number, stepSize: stepSize)
      for i in here.indices { #expect(abs(problem.weights[i] - expected[i]) < 2e-3 * max(1, abs(expected[i]))) }
      previous = here
    }
  }

  /// With one inner step, short beside the curvature, the rule is the heavy ball with its gradient at z.
  @Test func oneShortInnerStepIsNesterovs() {
    let rule = StochasticProximalPoint(
      momentum: 0.9, damping: .none, inner: InexactProximalStep(iterations: 1))
    let problem = Quadratic(for: rule)
    var previous = Array(problem.weights)
    for number in 1...10 {
      let here = Array(problem.weights)
      let z = zip(here, previous).map { $0 + 0.9 * ($0 - $1) }
      _ = problem.take(rule, number: number, stepSize: 0.01)
      for i in here.indices {
        let expected = z[i] - 0.01 * problem.curvature[i] * (z[i] - problem.target[i])
        #expect(abs(problem.weights[i] - expected) < 1e-5)
      }
      previous = here
    }
    #expect(problem.evaluations == 20)
  }

  /// A few inner steps decrease the loss where a step of gradient descent increases it.
  @Test(arguments: [1, 1e3, 1e6] as [Float]) func stepsFarTooLongGoDown(stepSize: Float) {
    let rule = StochasticProximalPoint(momentum: 0)
    let problem = Quadratic(for: rule)
    var losses: [Double] = []
    for number in 1...6 { losses.append(problem.take(rule, number: number, stepSize: stepSize)) }
    #expect(zip(losses, losses.dropFirst()).allSatisfy { $0.0 >= $0.1 })
    #expect(losses.last! < 0.01 * losses[0])
    #expect(problem.weights.allSatisfy { $0.isFinite })
  }

  /// With one curvature c the step contracts by `1 / (1 + step c)`, and so does what momentum adds at the next.
  @Test(arguments: [1e-3, 1, 100] as [Float]) func dampedMomentumIsShorterByWhatTheStepContracts(stepSize: Float) {
    let inner = InexactProximalStep(iterations: 200, tolerance: 1e-6)
    let (plain, damped) = (
      StochasticProximalPoint(momentum: 0.9, damping: .none, inner: inner),
      StochasticProximalPoint(momentum: 0.9, damping: .contraction, inner: inner)
    )
    let value = UnsafeMutableBufferPointer<Float>.allocate(capacity: 1)
    let gradient = UnsafeMutableBufferPointer<Float>.allocate(capacity: 1)
    let runs = (0..<plain.stateNames.count + plain.workspaceCount).map { _ in
      UnsafeMutableBufferPointer<Float>.allocate(capacity: 1)
    }
    defer { for memory in [value, gradient] + runs { memory.deallocate() } }
    func positions(_ rule: StochasticProximalPoint) -> [Float] {
      (value[0], gradient[0]) = (1, 0)
      for run in runs { run.initialize(repeating: 0) }
      return (1...2).map { number in
        let parameter = OptimizedParameter(
          value: value, gradient: gradient, state: Array(runs.prefix(plain.stateNames.count)),
          workspace: Array(runs.dropFirst(plain.stateNames.count)), decays: false)
        _ = rule.take(
          OptimizationStep([parameter], number: number, stepSize: stepSize) {
            gradient[0] = 2 * value[0]
            return Double(value[0] * value[0])
          })
        return value[0]
      }
    }
    let contraction = 1 / (1 + 2 * stepSize)
    let (first, second) = (positions(plain), positions(damped))
    #expect(abs(first[0] - contraction) < 1e-4 && abs(second[0] - contraction) < 1e-4)
    func following(_ momentum: Float) -> Float { contraction * (first[0] + momentum * (first[0] - 1)) }
    #expect(abs(first[1] - following(0.9)) < 1e-4)
    #expect(abs(second[1] - following(0.9 * contraction)) < 1e-4)
  }

  @Test func networksAreTrainedByStepsOfAnySize() throws {
    let data = try separablePoints()
    for stepSize in [0.1, 1, 30, 1000] {
      let options = TrainingOptions(
        epochs: 20, batchSize: 20, stepSize: stepSize, schedule: .constant,
        optimizer: StochasticProximalPoint(momentum: 0.5))
      let trained = try Trainer(options).train(smallNetwork(), on: data)
      #expect(try Evaluation(of: trained, on: data).top1 > 0.95, "step size \(stepSize)")
    }
  }
}
