import Graph
import Tensors

/// `dX = r (g - (sum g + x' sum g x') / m)` for each row of `m` elements, with `g = dY scale`, `r = 1 / sqrt(variance + epsilon)` and
/// `x'` the normalised input; from `dY`, `X` and scale.
public enum LayerNormalizationDataGradient: Operator {
  /// `espalier::LayerNormalizationDataGradient`.
  public static let name: OperatorName = .own("LayerNormalizationDataGradient")

  /// The type of `X`.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    _ = try NormalizedRows(invocation, input: 1)
    return [try invocation.floatInput(1)]
  }

  /// Rows shared out among threads.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let rows = try NormalizedRows(invocation, input: 1)
    return FunctionKernel { operands in
      let inputs = operands.inputs.map { UnsafePointer($0!.floats.baseAddress!) }
      let (scale, dX) = (inputs[2], operands.outputs[0].floats.baseAddress!)
      rows.forEach { row in
        let (dY, x, dX) = (inputs[0] + row * rows.size, inputs[1] + row * rows.size, dX + row * rows.size)
        let (mean, factor) = rows.statistics(x)
        let sum = VectorMath.sum(
          rows.size, { VectorMath.load(dY, $0) * VectorMath.load(scale, $0) }, rest: { dY[$0] * scale[$0] })
        let product = VectorMath.sum(
          rows.size,
          { place in
            VectorMath.load(dY, place) * VectorMath.load(scale, place) * (VectorMath.load(x, place) - mean)
          }, rest: { dY[$0] * scale[$0] * (x[$0] - mean) })
        let (shift, slope) = (sum / Float(rows.size), product * factor * factor / Float(rows.size))
        VectorMath.forEach(
          rows.size,
          { place in
            let gradient = VectorMath.load(dY, place) * VectorMath.load(scale, place)
            let distance = VectorMath.load(x, place) - mean
            VectorMath.store(factor * (gradient - shift - distance * slope), dX, place)
          },
          rest: { dX[$0] = factor * (dY[$0] * scale[$0] - shift - (x[$0] - mean) * slope) })
      }
    }
  }
}

/// `dscale = sum over rows of dY x'`, with `x'` the normalised input; from `dY`, `X` and scale, whose shape it has.
public enum LayerNormalizationScaleGradient: Operator {
  /// `espalier::LayerNormalizationScaleGradient`.
  public static let name: OperatorName = .own("LayerNormalizationScaleGradient")

  /// The type of scale.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    _ = try NormalizedRows(invocation, input: 1)
    return [try invocation.floatInput(2)]
  }

  /// Rows shared out among threads, their sums added up.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let rows = try NormalizedRows(invocation, input: 1)
    let sums = ChannelSums(rows: rows.count, channels: rows.size)
    return FunctionKernel { operands in
      let inputs = operands.inputs.map { UnsafePointer($0!.floats.baseAddress!) }
      sums.add(into: operands.outputs[0].floats.baseAddress!) { row, sums in
        let (dY, x) = (inputs[0] + row * rows.size, inputs[1] + row * rows.size)
        let (mean, factor) = rows.statistics(x)
        VectorMath.forEach(
          rows.size,
          { place in
            let term = VectorMath.load(dY, place) * (VectorMath.load(x, place) - mean) * factor
            VectorMath.store(VectorMath.load(sums, place) + term, sums, place)
          },
          rest: { sums[$0] += dY[$0] * (x[$0] - mean) * factor })
      }
    }
  }
}
