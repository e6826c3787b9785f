import Graph
import Tensors

/// The largest number of each channel of each sample: `N x C x spatial` becomes `N x C x 1 x ..`.
public enum GlobalMaxPool: GlobalPooling {
  /// `GlobalMaxPool`.
  public static let name: OperatorName = "GlobalMaxPool"

  /// One pass.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let planes = ChannelPlanes(try invocation.input(0).shape)
    return FunctionKernel { operands in
      let x = operands.inputs[0]!.floats.baseAddress!
      let y = operands.outputs[0].floats.baseAddress!
      for plane in 0..<planes.batch * planes.channels {
        var largest = -Float.infinity
        for i in plane * planes.size..<(plane + 1) * planes.size { largest = MaxPool.larger(largest, x[i]) }
        y[plane] = largest
      }
    }
  }

  /// `dY` goes to the largest number, by ``MaxPoolDerivative`` with one window over all.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let sizes = try gradients.invocation.input(0).shape.dropFirst(2)
    gradients.set(
      gradients.add(
        MaxPoolDerivative.name, [gradients.outputGradient, gradients.input(0)],
        ["kernel_shape": .ints(sizes.map(Int64.init))]), forInput: 0)
  }
}
