import Graph
import Tensors

/// The mean of each window: `Y[n, c, p] = 1/m[p] sum over t of X[n, c, p stride - pad + t dilation]`, with `m[p]` the taps that lie
/// on the input, or, where `count_include_pad` is set, on the input or its padding.
public enum AveragePool: Pooling {
  /// `AveragePool`.
  public static let name: OperatorName = "AveragePool"

  /// Tap by tap, the innermost loop along a row of windows.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let windows = try Windows(pooling: try invocation.input(0).shape, by: invocation)
    let factors = windows.factors(countingPadding: try invocation.flag("count_include_pad"))
    let planes = ChannelPlanes(invocation.outputs[0].shape)
    let (runs, step, inputCount) = (windows.runs, windows.step, windows.inputCount)
    return FunctionKernel { operands in
      let x = operands.inputs[0]!.floats.baseAddress!
      operands.outputs[0].floats.update(repeating: 0)
      for plane in 0..<planes.batch * planes.channels {
        let y = operands.outputs[0].floats.baseAddress! + plane * planes.size
        for run in runs {
          let (inputs, outputs) = (x + plane * inputCount + run.input, y + run.output)
          for i in 0..<run.count { outputs[i] += inputs[i * step] }
        }
        for i in 0..<planes.size { y[i] *= factors[i] }
      }
    }
  }

  /// `dY` is shared among the numbers of its window, by ``AveragePoolDerivative``.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let call = gradients.invocation
    gradients.set(
      gradients.add(
        AveragePoolDerivative.name, [gradients.outputGradient],
        call.node.attributes.settingShape(try call.input(0).shape)), forInput: 0)
  }
}

/// The gradient of what is averaged: each `dY[p] / m[p]` is added to all numbers of its window.
///
/// The attributes are those of ``AveragePool``, and `shape` that of `X`.
public enum AveragePoolDerivative: Operator {
  /// `espalier::AveragePoolDerivative`.
  public static let name: OperatorName = .own("AveragePoolDerivative")

  /// The stated shape.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let (gradient, shape) = (try invocation.floatInput(0).shape, try invocation.statedShape())
    let windows = try Windows(pooling: shape, by: invocation)
    guard gradient.sizes == shape.prefix(2) + windows.outputSizes else {
      throw invocation.error("a gradient of shape \(gradient) is not that of pooling \(shape)")
    }
    return [TensorType(shape)]
  }

  /// Tap by tap, the innermost loop along a row of windows.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let windows = try Windows(pooling: invocation.outputs[0].shape, by: invocation)
    let factors = windows.factors(countingPadding: try invocation.flag("count_include_pad"))
    let planes = ChannelPlanes(try invocation.input(0).shape)
    let (runs, step, inputCount) = (windows.runs, windows.step, windows.inputCount)
    return FunctionKernel { operands in
      operands.outputs[0].floats.update(repeating: 0)
      for plane in 0..<planes.batch * planes.channels {
        let dY = operands.inputs[0]!.floats.baseAddress! + plane * planes.size
        let dX = operands.outputs[0].floats.baseAddress! + plane * inputCount
        for run in runs {
          for i in 0..<run.count { dX[run.input + i * step] += dY[run.output + i] * factors[run.output + i] }
        }
      }
    }
  }
}

extension Windows {
  /// For each window, 1 over the number of its taps that lie on the input, or on the input and its padding.
  fileprivate func factors(countingPadding: Bool) -> [Float] {
    axes.reduce([1]) { factors, axis in
      let valid = countingPadding ? -axis.before..<axis.size + axis.after : 0..<axis.size
      let counts = (0..<axis.count).map { output in
        (0..<axis.kernel).reduce(0) { valid.contains(axis.input(output, $1)) ? $0 + 1 : $0 }
      }
      return factors.flatMap { factor in counts.map { factor / Float(max($0, 1)) } }
    }
  }
}
