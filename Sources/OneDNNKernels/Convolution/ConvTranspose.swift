#if OneDNN
  import EspalierExecution
  import EspalierOperators
  import EspalierVectorKernels

  extension ConvTranspose: OneDNNOperator {
    func primitiveLayout(_ node: TypedNode) -> LayoutRule { LayoutRule(.channelsLast, plainInputs: [1]) }

    func primitive(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
      let product = ConvolutionPrimitive(.dataGradient, geometry, weightsAreConstant: node.constants[1] != nil)
      guard let product, hasBias else { return product }
      let channels = ChannelRuns(geometry.sourceShape, in: order)
      return FunctionKernel { operands in
        product.run(operands)
        channels.add(operands.inputs[2]!.floats.baseAddress!, to: operands.outputs[0].floats.baseAddress!)
      }
    }
  }
#endif
