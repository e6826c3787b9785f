import EspalierFiles
import EspalierTensors

/// The working memory of an optimiser for each parameter: the state kept from step to step, by name, and the workspace
/// within a step.
final class OptimizerMemory {
  /// For each parameter, its state, in the order of the rule's names.
  let states: [[UnsafeMutableBufferPointer<Float>]]
  /// For each parameter, the workspace of a step.
  let workspaces: [[UnsafeMutableBufferPointer<Float>]]
  private let names: [String]

  /// Zeros for parameters of these sizes.
  init(_ rule: any Optimizer, counts: [Int]) {
    func zeros(_ runs: Int) -> [[UnsafeMutableBufferPointer<Float>]] {
      counts.map { count in
        (0..<runs).map { _ in
          let run = UnsafeMutableBufferPointer<Float>.allocate(capacity: count)
          run.initialize(repeating: 0)
          return run
        }
      }
    }
    names = rule.stateNames
    states = zeros(names.count)
    workspaces = zeros(rule.workspaceCount)
  }

  deinit {
    for run in (states + workspaces).joined() { run.deallocate() }
  }

  /// The state of the parameters with these names and shapes.
  func state(of parameters: [(name: String, shape: Shape)]) -> [String: [String: Tensor]] {
    let tensors = names.indices.map { index in
      zip(parameters, states).map { ($0.name, Tensor(shape: $0.shape, Array($1[index]))) }
    }
    return Dictionary(
      uniqueKeysWithValues: zip(names, tensors).map { ($0, Dictionary(uniqueKeysWithValues: $1)) })
  }

  /// Restores a state from ``state(of:)``.
  ///
  /// - Throws: `EspalierError` if a tensor is missing or has another shape.
  func restore(_ state: [String: [String: Tensor]], of parameters: [(name: String, shape: Shape)]) throws(EspalierError)
  {
    for (index, name) in names.enumerated() {
      for (parameter, runs) in zip(parameters, states) {
        guard let tensor = state[name]?[parameter.name], tensor.shape == parameter.shape,
          tensor.elementType == .float32
        else { throw EspalierError(.data, TrainingState.kind, "has no \(name) of \"\(parameter.name)\"") }
        tensor.withElements(as: Float.self) { _ = runs[index].update(fromContentsOf: $0) }
      }
    }
  }
}
