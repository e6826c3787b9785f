/// A rule that changes the parameters of a network by the gradients of a loss, one mini-batch a step.
///
/// It is shown the whole step, not one gradient: a rule may look at the mini-batch several times (a proximal step),
/// remember several numbers for each of a parameter's (moments), and count its steps (bias corrections).
package protocol Optimizer: Sendable {
  /// The names of the states kept from step to step: each is one number for each number of a parameter.
  var stateNames: [String] { get }
  /// How many numbers the rule needs within a step for each number of a parameter; none unless stated.
  var workspaceCount: Int { get }

  /// Changes the parameters of `step` in place, and returns the loss where they were before.
  func take(_ step: OptimizationStep) -> Double
}

extension Optimizer {
  /// None.
  package var workspaceCount: Int { 0 }
}

/// One step to take: the parameters, and the loss of one mini-batch as a function of them.
package struct OptimizationStep {
  /// The parameters to change.
  package let parameters: [OptimizedParameter]
  /// Which step this is, counted from 1.
  package let number: Int
  /// The step size.
  package let stepSize: Float
  private let evaluation: () -> Double

  /// A step on a mini-batch whose loss and gradients `evaluation` computes.
  package init(_ parameters: [OptimizedParameter], number: Int, stepSize: Float, evaluation: @escaping () -> Double) {
    self.parameters = parameters
    self.number = number
    self.stepSize = stepSize
    self.evaluation = evaluation
  }

  /// Computes the loss of the mini-batch, and each parameter's gradient, at the parameters as they are now. Costs one
  /// run forward and backward.
  package func evaluate() -> Double { evaluation() }
}

/// One parameter as an optimiser sees it, in memory that outlives the step.
package struct OptimizedParameter {
  /// The parameter.
  package let value: UnsafeMutableBufferPointer<Float>
  /// Its gradient at the last evaluation.
  package let gradient: UnsafeMutableBufferPointer<Float>
  /// The states: for each of ``Optimizer/stateNames`` as many numbers as the parameter has; zeros at
  /// first.
  package let state: [UnsafeMutableBufferPointer<Float>]
  /// ``Optimizer/workspaceCount`` runs of as many numbers, which may hold anything when a step begins.
  package let workspace: [UnsafeMutableBufferPointer<Float>]
  /// Whether weight decay applies: to matrices and kernels, never to biases and normalisations.
  package let decays: Bool

  /// A parameter in this memory.
  package init(
    value: UnsafeMutableBufferPointer<Float>, gradient: UnsafeMutableBufferPointer<Float>,
    state: [UnsafeMutableBufferPointer<Float>] = [], workspace: [UnsafeMutableBufferPointer<Float>] = [], decays: Bool
  ) {
    self.value = value
    self.gradient = gradient
    self.state = state
    self.workspace = workspace
    self.decays = decays
  }
}
