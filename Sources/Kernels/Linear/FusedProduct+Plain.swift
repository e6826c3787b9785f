import EspalierExecution
import EspalierOperators

extension FusedProduct: PlainOperator {
  /// The plain product, then the function's plain kernel on the result.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let product = MatrixProductKernel(product)
    guard let function else { return product }
    let activation = function.kernel(OperandTypes(inputs: outputs, outputs: outputs))
    return FunctionKernel { operands in
      product.run(operands)
      activation.run(Operands(inputs: operands.outputs, outputs: operands.outputs))
    }
  }
}

extension FusedProduct.Function {
  /// The kernel of the function as an operator of its own.
  fileprivate func kernel(_ types: OperandTypes) -> any Kernel {
    switch self {
    case .relu(let op): op.kernel(types)
    case .tanh(let op): op.kernel(types)
    case .gelu(let op): op.kernel(types)
    }
  }
}
