import EspalierExecution
import EspalierOperators
import EspalierTensors

/// A kernel for operands in plain order, run on operands in any: on copies of them, in memory taken for each run.
///
/// The last resort, where a node was laid out for a primitive that the library then refuses to make.
struct PlainOrderKernel: Kernel {
  private let kernel: any Kernel
  private let outputs: [TensorType]

  /// `kernel`, which gives values of the types `outputs`, on operands in any order.
  init(_ kernel: any Kernel, _ outputs: [TensorType]) {
    self.kernel = kernel
    self.outputs = outputs
  }

  func run(_ operands: Operands) {
    let results = kernel.evaluate(operands.inputs.map { $0?.tensor() }, giving: outputs)
    for (buffer, result) in zip(operands.outputs, results) { buffer.write(result) }
  }
}
