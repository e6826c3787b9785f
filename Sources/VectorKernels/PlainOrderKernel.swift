import EspalierExecution
import EspalierOperators
import EspalierTensors

/// Runs a kernel for plain order on operands in any order, by copying them into memory allocated for each run.
///
/// The fallback for a node that was laid out for a primitive that the library then fails to create.
struct PlainOrderKernel: Kernel {
  private let kernel: any Kernel
  private let outputs: [TensorType]

  /// `kernel`, whose outputs have the types `outputs`, for operands in any order.
  init(_ kernel: any Kernel, _ outputs: [TensorType]) {
    self.kernel = kernel
    self.outputs = outputs
  }

  func run(_ operands: Operands) {
    let results = kernel.evaluate(operands.inputs.map { $0?.tensor() }, giving: outputs)
    for (buffer, result) in zip(operands.outputs, results) { buffer.write(result) }
  }
}
