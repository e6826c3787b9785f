import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Single elements of the first input, at the indices in the second along the attribute `axis`: `Y[i, j, ..] =
/// X[indices[i, j, ..], j, ..]` for axis 0. Negative indices count from the end.
///
/// An index out of range is an error if the indices are known before the network runs, and otherwise gives zero.
package struct GatherElements: DifferentiableOperator {
  /// `GatherElements`.
  package static let name: OperatorName = "GatherElements"

  /// The data from which elements are gathered.
  package static var parameterInputs: ParameterInputs { .at(0..<1) }

  /// The shape of the indices.
  package let outputs: [TensorType]
  /// The gathered elements of the input.
  package let elements: PickedElements

  /// Reads `axis`; the indices must fit the input.
  package init(_ call: Invocation) throws(EspalierError) {
    let input = try call.input(0)
    elements = try PickedElements(call, input.shape)
    try call.checkMovable()
    outputs = [TensorType(elements.indices, input.elementType)]
  }

  /// The gathered axis is frozen; every other is tied to that of the indices and of the output.
  package var axes: AxisRule? { elements.rule(picked: .output(0), tied: [.input(0)], "picks from it") }

  /// Each element of the gradient is added at its index.
  package func differentiate(_ gradients: inout GradientBuilder) {
    guard gradients.wants(0) else { return }
    let gradient = gradients.addToPicked(
      gradients.outputGradient, at: gradients.input(1), of: elements.tensor, axis: elements.axis)
    gradients.set(gradient, forInput: 0)
  }
}
