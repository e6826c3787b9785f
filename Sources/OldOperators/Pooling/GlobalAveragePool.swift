import Graph
import Tensors

/// The mean of each channel of each sample: `N x C x spatial` becomes `N x C x 1 x ..`.
public enum GlobalAveragePool: GlobalPooling {
  /// `GlobalAveragePool`.
  public static let name: OperatorName = "GlobalAveragePool"

  /// One pass.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let planes = ChannelPlanes(try invocation.input(0).shape)
    return FunctionKernel { operands in
      let x = operands.inputs[0]!.floats.baseAddress!
      let y = operands.outputs[0].floats.baseAddress!
      for plane in 0..<planes.batch * planes.channels {
        var sum = 0.0
        for i in plane * planes.size..<(plane + 1) * planes.size { sum += Double(x[i]) }
        y[plane] = Float(sum / Double(planes.size))
      }
    }
  }

  /// `dY` repeated over the channel's elements, divided by their number.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let shape = try gradients.invocation.input(0).shape
    let gradient = gradients.add(
      BroadcastToShape.name, [gradients.outputGradient],
      [
        "shape": .ints(shape.map(Int64.init)),
        "factor": .float(1 / Float(shape.dropFirst(2).reduce(1, *))),
      ])
    gradients.set(gradient, forInput: 0)
  }
}
