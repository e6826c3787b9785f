#if OneDNN
  import Graph
  import Tensors

  extension BatchNormalization: OneDNNOperator {
    static func layout(_ invocation: Invocation) throws -> LayoutRule { LayoutRule(.any) }

    static func primitive(_ invocation: Invocation, in order: AxisOrder) throws -> (any Kernel)? {
      let shape = try invocation.input(0).shape
      guard shape.elementCount > 0 else { return nil }
      let epsilon = try invocation.float("epsilon", default: 1e-5)
      guard try isTraining(invocation) else {
        return NormalizationPrimitive(.inference, shape, in: order, epsilon: epsilon)
      }
      let momentum = try invocation.float("momentum", default: 0.9)
      return NormalizationPrimitive(.training, shape, in: order, epsilon: epsilon).map { primitive in
        FunctionKernel { operands in
          primitive.run(Operands(inputs: Array(operands.inputs.prefix(3)), outputs: operands.outputs))
          for (stored, batch) in zip(operands.inputs.suffix(2), operands.outputs.suffix(2)) {
            let (stored, batch) = (stored!.floats, batch.floats)
            for channel in batch.indices { batch[channel] = moved(stored[channel], towards: batch[channel], momentum) }
          }
        }
      }
    }
  }

  extension BatchNormalizationTrainingGradient: OneDNNOperator {
    /// Channels last where the batch's statistics are given.
    static func layout(_ invocation: Invocation) throws -> LayoutRule {
      LayoutRule(invocation.inputs.count == 5 ? .any : .plain)
    }

    static func primitive(_ invocation: Invocation, in order: AxisOrder) throws -> (any Kernel)? {
      guard invocation.inputs.count == 5, !invocation.inputs.contains(where: { $0 == nil }) else { return nil }
      return NormalizationPrimitive(
        .gradient, try invocation.input(1).shape, in: order, epsilon: try invocation.float("epsilon", default: 1e-5))
    }
  }

  extension BatchNormalizationDataGradient: OneDNNOperator {
    static func layout(_ invocation: Invocation) throws -> LayoutRule { LayoutRule(.any) }

    /// `dY` times one factor a channel, which follows from scale and variance in each run.
    static func primitive(_ invocation: Invocation, in order: AxisOrder) throws -> (any Kernel)? {
      let (type, epsilon) = (try invocation.input(0), try invocation.float("epsilon", default: 1e-5))
      let factors = TensorType(Shape([type.shape[1]] + type.shape.dropFirst(2).map { _ in 1 }))
      let product = Invocation(
        Node(Multiply.name, [], []), opset: invocation.opset, inputs: [type, factors], outputs: [type])
      let kernel = try ElementwiseParts(Multiply.self, product, in: order)
      return FunctionKernel { operands in
        let (scale, variance) = (operands.inputs[1]!.floats, operands.inputs[2]!.floats)
        withUnsafeTemporaryAllocation(of: Float.self, capacity: scale.count) { place in
          for i in scale.indices {
            place.initializeElement(at: i, to: scale[i] * BatchNormalization.factor(variance[i], epsilon))
          }
          guard let address = place.baseAddress else { return }
          kernel.run(
            Operands(inputs: [operands.inputs[0], Buffer(address: address, type: factors)], outputs: operands.outputs))
        }
      }
    }
  }

  extension BatchNormalizationScaleGradient: OneDNNOperator {
    static func layout(_ invocation: Invocation) throws -> LayoutRule { LayoutRule(.any) }

    static func primitive(_ invocation: Invocation, in order: AxisOrder) throws -> (any Kernel)? {
      guard order == .channelsLast else { return nil }
      let epsilon = try invocation.float("epsilon", default: 1e-5)
      let sums = ChannelSums(try invocation.input(0).shape)
      return FunctionKernel { operands in
        let inputs = operands.inputs.map { $0!.floats.baseAddress! }
        let (dY, x, mean) = (inputs[0], inputs[1], inputs[2])
        let target = operands.outputs[0].floats
        sums.add(into: target.baseAddress!) { row, sums in
          let (dY, x) = (dY + row * target.count, x + row * target.count)
          for i in 0..<target.count { sums[i] += dY[i] * (x[i] - mean[i]) }
        }
        for i in target.indices { target[i] *= BatchNormalization.factor(inputs[3][i], epsilon) }
      }
    }
  }
#endif
