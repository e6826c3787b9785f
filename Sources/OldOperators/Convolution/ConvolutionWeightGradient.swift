import Graph
import Tensors

/// The gradient of a convolution's weights: `dW[o, c, t] = sum over n, p of dY[n, o, p] X[n, c, i]` where tap `t` of window `p`
/// lies on `i`.
///
/// From `dY` and `X`; the attributes are the convolution's, and `shape` that of W.
public enum ConvolutionWeightGradient: Operator {
  /// `espalier::ConvolutionWeightGradient`.
  public static let name: OperatorName = .own("ConvolutionWeightGradient")

  private static func geometry(_ invocation: Invocation) throws -> ConvolutionGeometry {
    let gradient = try invocation.floatInput(0).shape
    let geometry = try ConvolutionGeometry(
      invocation, source: try invocation.floatInput(1).shape, weights: try invocation.statedShape())
    guard gradient == geometry.resultShape else {
      throw invocation.error("a gradient of shape \(gradient) is not of \(geometry.resultShape)")
    }
    return geometry
  }

  /// The stated shape.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    [TensorType(try geometry(invocation).weightShape)]
  }

  /// As many as the convolution's own.
  public static func cost(_ invocation: Invocation) throws -> Cost {
    Cost(macs: try geometry(invocation).macs)
  }

  /// Plane by plane and tap by tap, the innermost loop along a row of windows.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let geometry = try geometry(invocation)
    let (runs, step) = (geometry.windows.runs, geometry.windows.step)
    return FunctionKernel { operands in
      let dY = operands.inputs[0]!.floats.baseAddress!
      let x = operands.inputs[1]!.floats.baseAddress!
      operands.outputs[0].floats.update(repeating: 0)
      let dW = operands.outputs[0].floats.baseAddress!
      geometry.forEachPlane { source, weights, target in
        for run in runs {
          let (inputs, outputs) = (x + source + run.input, dY + target + run.output)
          var sum: Float = 0
          for i in 0..<run.count { sum += outputs[i] * inputs[i * step] }
          dW[weights + run.tap] += sum
        }
      }
    }
  }
}

#if OneDNN
  extension ConvolutionWeightGradient: OneDNNOperator {
    static func layout(_ invocation: Invocation) throws -> LayoutRule {
      LayoutRule(.channelsLast, plainOutputs: [0])
    }

    static func primitive(_ invocation: Invocation, in order: AxisOrder) throws -> (any Kernel)? {
      ConvolutionPrimitive(.weightGradient, try geometry(invocation), invocation)
    }
  }
#endif
