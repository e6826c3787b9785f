#if OneDNN
  import EspalierExecution
  import EspalierOperators

  extension Conv: OneDNNOperator {
    func primitiveLayout(_ node: TypedNode) -> LayoutRule { LayoutRule(.channelsLast, plainInputs: [1]) }

    func primitive(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
      ConvolutionPrimitive(.forward, geometry, hasBias: hasBias, weightsAreConstant: node.constants[1] != nil)
    }
  }
#endif
