import Graph
import Tensors

/// The gradient of a convolution's input: `dX[n, c, i] = sum over o, p, t of W[o, c, t] dY[n, o, p]` where tap `t` of window `p`
/// lies on `i`.
///
/// From `dY` and `W`; the attributes are the convolution's, and `shape` that of X.
public enum ConvolutionDataGradient: Operator {
  /// `espalier::ConvolutionDataGradient`.
  public static let name: OperatorName = .own("ConvolutionDataGradient")

  private static func geometry(_ invocation: Invocation) throws -> ConvolutionGeometry {
    let gradient = try invocation.floatInput(0).shape
    let geometry = try ConvolutionGeometry(
      invocation, source: try invocation.statedShape(), weights: try invocation.floatInput(1).shape)
    guard gradient == geometry.resultShape else {
      throw invocation.error("a gradient of shape \(gradient) is not of \(geometry.resultShape)")
    }
    return geometry
  }

  /// The stated shape.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    [TensorType(try geometry(invocation).sourceShape)]
  }

  /// As many as the convolution's own.
  public static func cost(_ invocation: Invocation) throws -> Cost {
    Cost(macs: try geometry(invocation).macs)
  }

  /// Plane by plane and tap by tap, the innermost loop along a row of windows.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    kernel(try geometry(invocation))
  }

  /// The same for a convolution of these sizes.
  static func kernel(_ geometry: ConvolutionGeometry) -> any Kernel {
    let (runs, step) = (geometry.windows.runs, geometry.windows.step)
    return FunctionKernel { operands in
      let dY = operands.inputs[0]!.floats.baseAddress!
      let w = operands.inputs[1]!.floats.baseAddress!
      operands.outputs[0].floats.update(repeating: 0)
      let dX = operands.outputs[0].floats.baseAddress!
      geometry.forEachPlane { source, weights, target in
        for run in runs {
          let (inputs, outputs) = (dX + source + run.input, dY + target + run.output)
          let weight = w[weights + run.tap]
          for i in 0..<run.count { inputs[i * step] += weight * outputs[i] }
        }
      }
    }
  }
}

#if OneDNN
  extension ConvolutionDataGradient: OneDNNOperator {
    static func layout(_ invocation: Invocation) throws -> LayoutRule {
      LayoutRule(.channelsLast, plainInputs: [1])
    }

    static func primitive(_ invocation: Invocation, in order: AxisOrder) throws -> (any Kernel)? {
      ConvolutionPrimitive(.dataGradient, try geometry(invocation), invocation)
    }
  }
#endif
