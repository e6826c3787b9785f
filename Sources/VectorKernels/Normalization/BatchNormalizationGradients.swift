import EspalierExecution
import EspalierKernels
import EspalierOperators
import EspalierTensors

extension BatchNormalizationDataGradient: VectorOperator {
  /// Either order.
  package func vectorLayout(_ node: TypedNode) -> LayoutRule { LayoutRule(.any) }

  /// `dY` times one factor per channel, which each run computes from scale and variance.
  package func vectorKernel(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
    let (epsilon, channels) = (epsilon, ChannelRuns(input.shape, in: order))
    return FunctionKernel { operands in
      let (scale, variance) = (operands.inputs[1]!.floats, operands.inputs[2]!.floats)
      withUnsafeTemporaryAllocation(of: Float.self, capacity: scale.count) { factors in
        for i in scale.indices {
          factors.initializeElement(at: i, to: scale[i] * BatchNormalization.factor(variance[i], epsilon))
        }
        guard let factors = factors.baseAddress else { return }
        channels.multiply(
          operands.inputs[0]!.floats.baseAddress!, by: factors, to: operands.outputs[0].floats.baseAddress!)
      }
    }
  }
}

extension BatchNormalizationScaleGradient: VectorOperator {
  /// Either order.
  package func vectorLayout(_ node: TypedNode) -> LayoutRule { LayoutRule(.any) }

  /// Divides the positions among threads in channels-last order.
  package func vectorKernel(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
    guard order == .channelsLast else { return nil }
    let (epsilon, sums) = (epsilon, ChannelSums(input.shape))
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
