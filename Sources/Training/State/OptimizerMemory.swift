import EspalierFiles
import EspalierTensors

/// The memory in which an optimiser works, for each parameter: what it remembers from step to step, by name, and what
/// it needs within a step.
final class OptimizerMemory {
  /// For each parameter, what is remembered of it, in the order of the rule's names.
  let states: [[UnsafeMutableBufferPointer<Float>]]
  /// For each parameter, the memory for a step.
  let workspaces: [[UnsafeMutableBufferPointer<Float>]]
  private let names: [String]

  /// Zeros for parameters of so many numbers each.
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

  /// What is remembered of parameters of these names and shapes.
  func state(of parameters: [(name: String, shape: Shape)]) -> [String: [String: Tensor]] {
    let tensors = names.indices.map { index in
      zip(parameters, states).map { ($0.name, Tensor(shape: $0.shape, Array($1[index]))) }
    }
    return Dictionary(
      uniqueKeysWithValues: zip(names, tensors).map { ($0, Dictionary(uniqueKeysWithValues: $1)) })
  }

  /// Remembers what ``state(of:)`` gave.
  ///
  /// - Throws: `EspalierError` where something is missing or of another shape.
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
