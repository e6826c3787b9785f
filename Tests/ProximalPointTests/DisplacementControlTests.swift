import EspalierProximalPoint
import EspalierTensors
import Testing

/// The control of the step size by displacement.
struct DisplacementControlTests {
  /// Runs a control on a path, given by the squared displacement k steps after the last change.
  private func run(
    steps: Int, contraction: Double = 0.9, _ square: (_ k: Int) -> Double
  ) -> DisplacementControl {
    var (control, begin) = (DisplacementControl(stepSize: 1), 0)
    for step in 1...steps where control.isDue(after: step) {
      let hasChanged = control.observe(
        step: step, squaredDisplacement: square(step - begin), contraction: contraction)
      if hasChanged { begin = step }
    }
    return control
  }

  @Test func travellingIteratesLengthenTheStep() {
    let control = run(steps: 80) { Double($0 * $0) }
    #expect(control.lengthenings == 10 && control.shortenings == 0 && control.stepSize == 1024)
  }

  @Test func aRandomWalkLeavesItAsItIs() {
    #expect(run(steps: 5000) { Double($0) }.stepSize == 1)
  }

  @Test func hoveringIteratesShortenItNoFasterThanTheSteps() {
    let control = run(steps: 8 * 127) { _ in 1 }
    // Phases of 8, 16, ... 512 steps.
    #expect(control.shortenings == 7 && control.lengthenings == 0)
    #expect(abs(control.stepSize - 1.0 / 128) < 1e-15)
  }

  @Test func stepsThatSolveTheirBatchBecomeOnesThatHalve() {
    // eta L = 1 / c - 1 = 99: from 1 to 1 / 99, and half of it.
    #expect(abs(run(steps: 8, contraction: 0.01) { _ in 1 }.stepSize - 1.0 / 198) < 1e-15)
  }

  @Test func nothingIsLengthenedOnceTheIteratesHaveHovered() {
    var hovered = false
    let control = run(steps: 200) { k in
      defer { if k == 8 { hovered = true } }
      return hovered ? Double(k * k) : 1
    }
    #expect(control.shortenings == 1 && control.lengthenings == 0)
  }

  /// Noisy least squares: from any step size near the optimum, and nearer than a constant step.
  @Test(arguments: [1e-3, 1, 1e3])
  func itEndsNearTheOptimumFromAnyStepSize(step: Double) throws {
    var generator = SeededGenerator(seed: 5)
    let values = (0..<2000 * 6).map { _ in generator.normal() }
    let rows = try DenseRows(dimension: 6, values)
    let examples = try Examples(
      rows, targets: (0..<2000).map { 3 * values[6 * $0] - values[6 * $0 + 3] + generator.normal() }, intercept: true)
    let optimum = try AutomaticSolver().minimize(SquaredLoss(), over: examples).objective
    let options = MinimizationOptions(epochs: 10, order: .shuffled(seed: 1))
    let method = SPPAM(step: step, momentum: 0.9, batch: .joint(10), damping: .contraction)
    let controlled = try method.minimizeControlled(SquaredLoss(), over: examples, options: options)
    let constant = try method.minimize(SquaredLoss(), over: examples, options: options)
    func excess(_ value: Double) -> Double { (value - optimum) / (controlled.trace[0] - optimum) }
    #expect(controlled.trace.count == 11)
    #expect(excess(controlled.trace.last!) < 1e-3)
    if step >= 1 { #expect(excess(controlled.trace.last!) < excess(constant.objective) / 10) }
    let again = try method.minimizeControlled(SquaredLoss(), over: examples, options: options)
    #expect(again.solution == controlled.solution && again.control == controlled.control)
  }
}
