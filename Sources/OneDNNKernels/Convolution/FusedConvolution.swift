#if OneDNN
  import EspalierExecution
  import EspalierOperators

  extension FusedConvolution: OneDNNOperator {
    func primitiveLayout(_ node: TypedNode) -> LayoutRule { LayoutRule(.channelsLast, plainInputs: [1]) }

    func primitive(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
      ConvolutionPrimitive(
        .forward, convolution.geometry, hasBias: convolution.hasBias, bounds: bounds,
        weightsAreConstant: node.constants[1] != nil)
    }
  }
#endif
