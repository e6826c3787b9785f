import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Each sample and position normalised over its last axes: `Y = scale (X - mean) / sqrt(variance + epsilon) + B`.
///
/// Mean and variance are over all axes from `axis` on; scale and the optional B have the shape of those axes. Further
/// outputs are the mean and `1 / sqrt(variance + epsilon)`.
///
/// Source: J. L. Ba, J. R. Kiros and G. E. Hinton, "Layer normalization" (2016), equation 4.
package struct LayerNormalization: DifferentiableOperator {
  /// `LayerNormalization`.
  package static let name: OperatorName = "LayerNormalization"

  /// Scale and B.
  package static var parameterInputs: ParameterInputs { .at(1..<3) }

  /// The rows that are normalised.
  package let rows: NormalizedRows
  /// The shapes of scale and the optional B, by their input positions.
  private let parameters: [Int: Shape]
  /// The requested outputs for the mean and the inverse standard deviation.
  private let statistics: [Int]

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) {
    rows = try NormalizedRows(call)
    var parameters: [Int: Shape] = [:]
    for position in 1...2 where call.has(input: position) { parameters[position] = try call.input(position).shape }
    self.parameters = parameters
    statistics = (1...2).filter(call.has(output:))
  }

  /// The types of the output and of the statistics.
  package var outputs: [TensorType] {
    [TensorType(rows.shape), TensorType(rows.statisticsShape), TensorType(rows.statisticsShape)]
  }

  /// Every axis is tied to the same axis of the output, and normalised axes to those of scale and B; the leading axes
  /// are tied to those of the statistics.
  package var axes: AxisRule? {
    let rank = rows.shape.rank
    var rule = AxisRule.identity(rank: rank)
    rule.ties += statistics.flatMap { output in
      (0..<rows.axis).map { AxisTie(PortAxis(.input(0), $0), PortAxis(.output(output), $0)) }
    }
    rule.normalized = (rows.axis..<rank).map { PortAxis(.output(0), $0) }
    for (port, shape) in parameters.sorted(by: { $0.key < $1.key }) {
      let leading = shape.rank - rank
      rule.ties += (rows.axis..<rank).map { AxisTie(PortAxis(.input(port), $0 + leading), PortAxis(.output(0), $0)) }
    }
    return rule
  }

  /// By ``LayerNormalizationDataGradient`` and ``LayerNormalizationScaleGradient``; `dB` is a sum of `dY`.
  package func differentiate(_ gradients: inout GradientBuilder) {
    guard gradients.outputGradients.dropFirst().allSatisfy({ $0 == nil }) else {
      return gradients.refuse("has no derivative by its statistics", remedy: "compute them with ReduceMean")
    }
    let dY = gradients.outputGradient
    let attributes = gradients.attributes.filter { ["epsilon", "axis"].contains($0.key) }
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
      gradients.set(gradients.reshape(sum, to: gradients.inputShape(2)), forInput: 2)
    }
  }
}
