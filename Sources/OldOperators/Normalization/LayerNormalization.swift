import Graph
import Tensors

/// Each sample and place normalised over its last axes: `Y = scale (X - mean) / sqrt(variance + epsilon) + B`.
///
/// Mean and variance are over all axes from `axis` on; scale, and B if it is there, have as many elements as one of them. Further
/// outputs are the mean and `1 / sqrt(variance + epsilon)`.
///
/// Source: J. L. Ba, J. R. Kiros and G. E. Hinton, "Layer normalization" (2016), equation 4.
public enum LayerNormalization: Operator {
  /// `LayerNormalization`.
  public static let name: OperatorName = "LayerNormalization"

  /// Scale and B.
  public static var parameterInputs: ParameterInputs { .at(1..<3) }

  /// The input's type, and those of mean and deviation.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let rows = try NormalizedRows(invocation)
    return [try invocation.floatInput(0), TensorType(rows.statisticsShape), TensorType(rows.statisticsShape)]
  }

  /// All axes go with themselves, those that are normalised over with scale and B; mean and deviation have those in front.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    let rows = try NormalizedRows(invocation)
    let rank = try invocation.input(0).shape.rank
    var rule = AxisRule.identity(rank: rank)
    rule.ties += (1...2).filter(invocation.has(output:)).flatMap { output in
      (0..<rows.axis).map { AxisTie(PortAxis(.input(0), $0), PortAxis(.output(output), $0)) }
    }
    rule.normalized = (rows.axis..<rank).map { PortAxis(.output(0), $0) }
    for port in (1...2).filter(invocation.has(input:)) {
      let leading = try invocation.input(port).shape.rank - rank
      rule.ties += (rows.axis..<rank).map { AxisTie(PortAxis(.input(port), $0 + leading), PortAxis(.output(0), $0)) }
    }
    return rule
  }

  /// Rows shared out among threads, two passes for mean and variance.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let rows = try NormalizedRows(invocation)
    return FunctionKernel { operands in
      let (x, y) = (operands.inputs[0]!.floats.baseAddress!, operands.outputs[0].floats.baseAddress!)
      let scale = operands.inputs[1]!.floats.baseAddress!
      let bias = operands.inputs.count > 2 ? operands.inputs[2]?.floats.baseAddress : nil
      let statistics = operands.outputs.dropFirst().map { $0.floats.baseAddress! }
      rows.forEach { row in
        let (x, y) = (UnsafePointer(x + row * rows.size), y + row * rows.size)
        let (mean, factor) = rows.statistics(x)
        if statistics.count == 2 { (statistics[0][row], statistics[1][row]) = (mean, factor) }
        VectorMath.forEach(
          rows.size,
          { place in
            var result = (VectorMath.load(x, place) - mean) * factor * VectorMath.load(scale, place)
            if let bias { result += VectorMath.load(bias, place) }
            VectorMath.store(result, y, place)
          },
          rest: { y[$0] = (x[$0] - mean) * factor * scale[$0] + (bias?[$0] ?? 0) })
      }
    }
  }

  /// By ``LayerNormalizationDataGradient`` and ``LayerNormalizationScaleGradient``; `dB` is a sum of `dY`.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let call = gradients.invocation
    let rows = try NormalizedRows(call)
    guard gradients.outputGradients.dropFirst().allSatisfy({ $0 == nil }) else {
      throw call.error("has no derivative by its statistics", remedy: "compute them with ReduceMean")
    }
    let dY = gradients.outputGradient
    let attributes = call.node.attributes.filter { ["epsilon", "axis"].contains($0.key) }
    if gradients.wants(0) {
      gradients.set(
        gradients.add(
          LayerNormalizationDataGradient.name, [dY, gradients.input(0), gradients.input(1)], attributes), forInput: 0)
    }
    if gradients.wants(1) {
      let gradient = gradients.add(
        LayerNormalizationScaleGradient.name, [dY, gradients.input(0), gradients.input(1)], attributes)
      gradients.set(gradient, forInput: 1)
    }
    if gradients.wants(2) {
      let matrix = gradients.reshape(dY, to: [rows.count, rows.size])
      let sum = gradients.sum(matrix, from: [rows.count, rows.size], to: [1, rows.size])
      gradients.set(gradients.reshape(sum, to: try call.input(2).shape), forInput: 2)
    }
  }
}
