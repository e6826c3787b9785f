#if OneDNN
  import EspalierExecution
  import EspalierKernels
  import EspalierOperators
  import EspalierTensors

  extension BatchNormalization: OneDNNOperator {
    func primitiveLayout(_ node: TypedNode) -> LayoutRule { LayoutRule(.any) }

    func primitive(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
      let shape = input.shape
      guard shape.elementCount > 0 else { return nil }
      guard isTraining else { return NormalizationPrimitive(.inference, shape, in: order, epsilon: epsilon) }
      return NormalizationPrimitive(.training, shape, in: order, epsilon: epsilon).map { primitive in
        FunctionKernel { operands in
          primitive.run(Operands(inputs: Array(operands.inputs.prefix(3)), outputs: operands.outputs))
          for (stored, batch) in zip(operands.inputs.suffix(2), operands.outputs.suffix(2)) {
            let (stored, batch) = (stored!.floats, batch.floats)
            for channel in batch.indices { batch[channel] = moved(stored[channel], towards: batch[channel]) }
          }
        }
      }
    }
  }

  extension BatchNormalizationTrainingGradient: OneDNNOperator {
    /// Any order if the batch statistics are given.
    func primitiveLayout(_ node: TypedNode) -> LayoutRule { LayoutRule(knowsStatistics ? .any : .plain) }

    func primitive(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
      guard knowsStatistics else { return nil }
      return NormalizationPrimitive(.gradient, input.shape, in: order, epsilon: epsilon)
    }
  }
#endif
