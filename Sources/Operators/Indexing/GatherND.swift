import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Slices of the first input, those that tuples of the second name: `Y[i.., j..] = X[indices[i..], j..]`, where
/// `indices[i..]` is a tuple of whole numbers. The first axes, as many as the attribute `batch_dims` says, go side by
/// side in both.
///
/// An index outside of its axis is an error where the indices are known before the network runs, and gives zeros where
/// they come out of a run.
package struct GatherND: DifferentiableOperator {
  /// `GatherND`.
  package static let name: OperatorName = "GatherND"

  /// The data from which elements are gathered.
  package static var parameterInputs: ParameterInputs { .at(0..<1) }

  /// The places of the tuples, then the axes of a slice.
  package let outputs: [TensorType]
  /// The slices that are picked from the input.
  package let slices: PickedSlices

  /// Reads `batch_dims`; the tuples must fit the input.
  package init(_ call: Invocation) throws(EspalierError) {
    let input = try call.input(0)
    slices = try PickedSlices(call, input.shape, batch: try call.int("batch_dims", default: 0))
    _ = try call.elementWidth()
    outputs = [TensorType(slices.shape, input.elementType)]
  }

  /// Axes picked from stay whole; all others go with those of the output.
  package var axes: AxisRule? { slices.rule(slices: .output(0), tensors: [.input(0)], "picks from it") }

  /// Each slice of the gradient added to where it came from.
  package func differentiate(_ gradients: inout GradientBuilder) {
    guard gradients.wants(0) else { return }
    let gradient = gradients.add(
      GatherNDDerivative.name, [gradients.outputGradient, gradients.input(1)],
      ["shape": .ints(slices.whole.map(Int64.init)), "batch_dims": .int(Int64(slices.batch))])
    gradients.set(gradient, forInput: 0)
  }
}
