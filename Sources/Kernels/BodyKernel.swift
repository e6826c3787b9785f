import EspalierExecution
import EspalierFiles
import EspalierOperators
import EspalierTensors

/// Runs the nodes of a composite operator's body in sequence, each on its own memory.
struct BodyKernel: Kernel {
  private let body: Body
  private let kernels: [any Kernel]

  /// - Throws: `EspalierError` where a node of the body has no plain kernel.
  init(_ body: Body) throws(EspalierError) {
    self.body = body
    var kernels: [any Kernel] = []
    for node in body.nodes { kernels.append(try ReferenceBackend.kernel(node)) }
    self.kernels = kernels
  }

  func run(_ operands: Operands) {
    var values: [String: Tensor] = [:]
    for (name, tensor) in body.constants { values[name] = tensor }
    for (name, buffer) in zip(body.operands, operands.inputs) where !name.isEmpty { values[name] = buffer?.tensor() }
    for (step, kernel) in zip(body.nodes, kernels) {
      let results = kernel.evaluate(step.node.inputs.map { values[$0] }, giving: step.outputs)
      for (name, result) in zip(step.node.outputs, results) { values[name] = result }
    }
    for (name, buffer) in zip(body.results, operands.outputs) {
      if let value = values[name] { buffer.write(value) }
    }
  }
}
