import EspalierTraining

/// A rule that counts its evaluations of the loss and its gradient.
final class CountingOptimizer: Optimizer, @unchecked Sendable {
  // Not locked: training takes its steps one after another.
  private let rule: any Optimizer
  private(set) var evaluations = 0

  init(_ rule: any Optimizer) {
    self.rule = rule
  }

  var stateNames: [String] { rule.stateNames }
  var workspaceCount: Int { rule.workspaceCount }

  func take(_ step: OptimizationStep) -> Double {
    rule.take(
      OptimizationStep(step.parameters, number: step.number, stepSize: step.stepSize) { [self] in
        evaluations += 1
        return step.evaluate()
      })
  }
}
