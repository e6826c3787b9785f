import EspalierTraining

/// An optimiser of one's own: the rule by which one parameter of a network follows its gradient.
///
/// A rule sees one gradient a step, that of the loss of one mini-batch.
public protocol Optimizer: Sendable {
  /// The name on the command line and in reports.
  static var name: String { get }

  /// How many numbers the rule remembers from step to step for each number of a parameter, such as a velocity; none
  /// unless stated.
  var memoryCount: Int { get }

  /// Changes a parameter by its gradient.
  ///
  /// - Parameters:
  ///   - parameter: The numbers to change, in row-major order.
  ///   - gradient: The derivative of the loss by each of them.
  ///   - memory: ``memoryCount`` arrays of as many numbers, as the last step left them; zeros at first.
  ///   - step: Which step this is, and how large.
  func update(_ parameter: inout [Float], gradient: [Float], memory: inout [[Float]], step: UpdateStep)
}

extension Optimizer {
  /// None.
  public var memoryCount: Int { 0 }
}

/// One step of an optimiser on one parameter.
public struct UpdateStep: Hashable, Sendable {
  /// The number of the step, counted from 1.
  public let number: Int
  /// The step size, which follows from the initial one and the schedule.
  public let size: Float
  /// Whether weight decay applies to the parameter: to matrices and kernels, not to biases and normalisations.
  public let decays: Bool
}

/// A client's optimiser where the project's own are.
struct ClientOptimizer<Client: Optimizer>: EspalierTraining.Optimizer {
  let client: Client

  var stateNames: [String] { (0..<client.memoryCount).map { "memory \($0 + 1)" } }

  /// One evaluation, and one update of each parameter. Complexity: a copy of each parameter, its gradient and memory
  /// beside the client's own work.
  func take(_ step: OptimizationStep) -> Double {
    let loss = step.evaluate()
    for parameter in step.parameters {
      var (value, memory) = (Array(parameter.value), parameter.state.map(Array.init))
      client.update(
        &value, gradient: Array(parameter.gradient), memory: &memory,
        step: UpdateStep(number: step.number, size: step.stepSize, decays: parameter.decays))
      precondition(
        value.count == parameter.value.count && memory.map(\.count) == parameter.state.map(\.count),
        "\(Client.name) must leave as many numbers as it was given")
      _ = parameter.value.update(fromContentsOf: value)
      for (run, numbers) in zip(parameter.state, memory) { _ = run.update(fromContentsOf: numbers) }
    }
    return loss
  }
}
