#if OneDNN
  import EspalierExecution
  import EspalierOperators

  extension ConvolutionDataGradient: OneDNNOperator {
    func primitiveLayout(_ node: TypedNode) -> LayoutRule { LayoutRule(.channelsLast, plainInputs: [1]) }

    func primitive(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
      ConvolutionPrimitive(.dataGradient, geometry, weightsAreConstant: node.constants[1] != nil)
    }
  }

  extension ConvolutionWeightGradient: OneDNNOperator {
    func primitiveLayout(_ node: TypedNode) -> LayoutRule { LayoutRule(.channelsLast, plainOutputs: [0]) }

    func primitive(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
      ConvolutionPrimitive(.weightGradient, geometry)
    }
  }
#endif
