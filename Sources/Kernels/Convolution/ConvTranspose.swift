import EspalierExecution
import EspalierOperators
import EspalierTensors

extension ConvTranspose: PlainOperator {
  /// The kernel of a convolution's data gradient, followed by the bias.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let gradient = ConvolutionDataGradient.kernel(geometry)
    guard hasBias else { return gradient }
    let planes = ChannelPlanes(geometry.sourceShape)
    return FunctionKernel { operands in
      gradient.run(Operands(inputs: Array(operands.inputs.prefix(2)), outputs: operands.outputs))
      let (bias, y) = (operands.inputs[2]!.floats, operands.outputs[0].floats.baseAddress!)
      planes.forEach { channel, start in
        for i in start..<start + planes.size { y[i] += bias[channel] }
      }
    }
  }
}
