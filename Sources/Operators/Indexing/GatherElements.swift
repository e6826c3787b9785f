import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Single elements of the first input, those that the second names along the attribute `axis`:
/// `Y[i, j, ..] = X[indices[i, j, ..], j, ..]` for axis 0. Negative indices count from the end.
///
/// An index outside of the axis is an error where the indices are known before the network runs, and gives zero where
/// they come out of a run.
package struct GatherElements: DifferentiableOperator {
  /// `GatherElements`.
  package static let name: OperatorName = "GatherElements"

  /// The data from which elements are gathered.
  package static var parameterInputs: ParameterInputs { .at(0..<1) }

  /// The shape of the indices.
  package let outputs: [TensorType]
  /// The elements that are picked from the input.
  package let elements: PickedElements

  /// Reads `axis`; the indices must fit the input.
  package init(_ call: Invocation) throws(EspalierError) {
    let input = try call.input(0)
    elements = try PickedElements(call, input.shape)
    try call.checkMovable()
    outputs = [TensorType(elements.indices, input.elementType)]
  }

  /// The axis picked from stays whole; an element of any other goes with the same of the indices and of the output.
  package var axes: AxisRule? { elements.rule(picked: .output(0), tied: [.input(0)], "picks from it") }

  /// Each element of the gradient added to where it came from.
  package func differentiate(_ gradients: inout GradientBuilder) {
    guard gradients.wants(0) else { return }
    let gradient = gradients.addToPicked(
      gradients.outputGradient, at: gradients.input(1), of: elements.tensor, axis: elements.axis)
    gradients.set(gradient, forInput: 0)
  }
}
