#if OneDNN
  import EspalierExecution
  import EspalierKernels
  import EspalierOperators

  extension UnitInteraction: OneDNNOperator {
    func primitive(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
      kernel { product in
        if let primitive = MatrixProductPrimitive(product) { return primitive }
        return MatrixProductKernel(product)
      }
    }
  }
#endif
