import EspalierProximalPoint
import EspalierTraining

/// Damped SPPAM for networks under ``DisplacementControl``, which begins with the step size of the first step.
///
/// The parameters are the last iterate: nothing is averaged.
final class ControlledProximalPoint: Optimizer, @unchecked Sendable {
  // Not locked: training takes its steps one after another.
  private let rule: StochasticProximalPoint
  private var control: DisplacementControl?

  init(momentum: Float, inner: InexactProximalStep) {
    rule = StochasticProximalPoint(momentum: momentum, damping: .contraction, inner: inner)
  }

  /// Those of the rule, and the point at the last change of the step size.
  var stateNames: [String] { rule.stateNames + ["reference"] }
  var workspaceCount: Int { rule.workspaceCount }

  func take(_ step: OptimizationStep) -> Double {
    var control = control ?? DisplacementControl(stepSize: Double(step.stepSize))
    if step.number == 1 { setReference(step.parameters) }
    let outcome = rule.proximalStep(
      OptimizationStep(step.parameters, number: step.number, stepSize: Float(control.stepSize)) { step.evaluate() })
    if control.isDue(after: step.number) {
      let hasChanged = control.observe(
        step: step.number, squaredDisplacement: squaredDisplacement(step.parameters), contraction: outcome.contraction)
      if hasChanged { setReference(step.parameters) }
    }
    self.control = control
    return outcome.first
  }

  private func setReference(_ parameters: [OptimizedParameter]) {
    for parameter in parameters { _ = parameter.state.last!.update(fromContentsOf: parameter.value) }
  }

  private func squaredDisplacement(_ parameters: [OptimizedParameter]) -> Double {
    parameters.reduce(0) { sum, parameter in
      zip(parameter.value, parameter.state.last!).reduce(sum) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
    }
  }
}
