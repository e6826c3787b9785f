#if OneDNN
  import CEspalierOneDNN
  import EspalierExecution
  import EspalierOperators

  extension MatMul: OneDNNOperator {
    func primitive(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? { MatrixProductPrimitive(product) }
  }

  extension Gemm: OneDNNOperator {
    func primitive(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? { MatrixProductPrimitive(product) }
  }

  extension BatchedProduct: OneDNNOperator {
    func primitive(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? { MatrixProductPrimitive(product) }
  }

  extension FusedProduct: OneDNNOperator {
    func primitive(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
      MatrixProductPrimitive(product, then: function?.primitive)
    }
  }

  extension FusedProduct.Function {
    /// The function as a constant of the C shim.
    fileprivate var primitive: espalier_dnnl_function_t {
      switch self {
      case .relu: espalier_dnnl_relu
      case .tanh: espalier_dnnl_tanh
      case .gelu(let op): op.isApproximate ? espalier_dnnl_gelu_tanh : espalier_dnnl_gelu_erf
      }
    }
  }

  extension Einsum: OneDNNOperator {
    /// A batched matrix product, for two single precision operands.
    func primitive(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
      guard outputs[0].elementType == .float32, operands.count == 2 else { return nil }
      return EinsumProduct(equation, operands[0], operands[1])
    }
  }
#endif
