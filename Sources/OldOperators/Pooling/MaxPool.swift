import Graph
import Tensors

/// The largest number of each window: `Y[n, c, p] = max over t of X[n, c, p stride - pad + t dilation]`, padding left out.
///
/// The second output, where it is asked for, says where each lies: its number among all elements of X, the first of several
/// equals; with `storage_order` 1 the last two axes are counted the other way round.
public enum MaxPool: Pooling {
  /// `MaxPool`.
  public static let name: OperatorName = "MaxPool"

  /// The larger of the two, and not-a-number where one is.
  @inline(__always)
  static func larger(_ current: Float, _ next: Float) -> Float { next > current || next.isNaN ? next : current }

  /// The batch, the channels and the windows, for the numbers and for their positions.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let shape = try invocation.pooledShape()
    let numbers = TensorType(shape)
    return invocation.node.outputs.count > 1 ? [numbers, TensorType(shape, .int64)] : [numbers]
  }

  /// Tap by tap, the innermost loop along a row of windows.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    if invocation.outputs.count > 1 { return try positionKernel(invocation) }
    let windows = try Windows(pooling: try invocation.input(0).shape, by: invocation)
    let planes = ChannelPlanes(invocation.outputs[0].shape)
    let (runs, step, inputCount) = (windows.runs, windows.step, windows.inputCount)
    return FunctionKernel { operands in
      let x = operands.inputs[0]!.floats.baseAddress!
      operands.outputs[0].floats.update(repeating: -.infinity)
      let y = operands.outputs[0].floats.baseAddress!
      for plane in 0..<planes.batch * planes.channels {
        for run in runs {
          let (inputs, outputs) = (x + plane * inputCount + run.input, y + plane * planes.size + run.output)
          for i in 0..<run.count { outputs[i] = larger(outputs[i], inputs[i * step]) }
        }
      }
    }
  }

  /// `dY` goes to the largest number of the window, by ``MaxPoolDerivative``.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    gradients.set(
      gradients.add(
        MaxPoolDerivative.name, [gradients.outputGradient, gradients.input(0)], gradients.invocation.node.attributes),
      forInput: 0)
  }
}

/// The gradient of what is pooled: each `dY` is added where the largest number of its window lies, the first of several.
///
/// From `dY` and `X`; the attributes are those of ``MaxPool``.
public enum MaxPoolDerivative: Operator {
  /// `espalier::MaxPoolDerivative`.
  public static let name: OperatorName = .own("MaxPoolDerivative")

  /// The type of `X`.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let (gradient, type) = (try invocation.floatInput(0).shape, try invocation.floatInput(1))
    let windows = try Windows(pooling: type.shape, by: invocation)
    guard gradient.sizes == type.shape.prefix(2) + windows.outputSizes else {
      throw invocation.error("a gradient of shape \(gradient) is not that of pooling \(type.shape)")
    }
    return [type]
  }

  /// For each channel, first where the largest numbers lie, then one pass over `dY`.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let windows = try Windows(pooling: try invocation.input(1).shape, by: invocation)
    let planes = ChannelPlanes(try invocation.input(0).shape)
    let (runs, step, inputCount) = (windows.runs, windows.step, windows.inputCount)
    return FunctionKernel { operands in
      operands.outputs[0].floats.update(repeating: 0)
      var places = [Int](repeating: 0, count: planes.size)
      for plane in 0..<planes.batch * planes.channels {
        let dY = operands.inputs[0]!.floats.baseAddress! + plane * planes.size
        let x = operands.inputs[1]!.floats.baseAddress! + plane * inputCount
        let dX = operands.outputs[0].floats.baseAddress! + plane * inputCount
        for i in places.indices { places[i] = -1 }
        for run in runs {
          for i in 0..<run.count {
            let (place, current) = (run.input + i * step, places[run.output + i])
            if current < 0 || x[place] > x[current] { places[run.output + i] = place }
          }
        }
        for (window, place) in places.enumerated() where place >= 0 { dX[place] += dY[window] }
      }
    }
  }
}
