import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Slices of the first input, at the tuples of indices in the second: `Y[i.., j..] = X[indices[i..], j..]`, where
/// `indices[i..]` is a tuple of whole numbers. The first `batch_dims` axes are common to both.
///
/// An index out of range is an error if the indices are known before the network runs, and otherwise gives zeros.
package struct GatherND: DifferentiableOperator {
  /// `GatherND`.
  package static let name: OperatorName = "GatherND"

  /// The data from which elements are gathered.
  package static var parameterInputs: ParameterInputs { .at(0..<1) }

  /// The shape of the tuples' positions, followed by that of a slice.
  package let outputs: [TensorType]
  /// The gathered slices of the input.
  package let slices: PickedSlices

  /// Reads `batch_dims`; the tuples must fit the input.
  package init(_ call: Invocation) throws(EspalierError) {
    let input = try call.input(0)
    slices = try PickedSlices(call, input.shape, batch: try call.int("batch_dims", default: 0))
    _ = try call.elementWidth()
    outputs = [TensorType(slices.shape, input.elementType)]
  }

  /// Axes that indices point along are frozen; all others are tied to those of the output.
  package var axes: AxisRule? { slices.rule(slices: .output(0), tensors: [.input(0)], "picks from it") }

  /// Each slice of the gradient is added at its tuple.
  package func differentiate(_ gradients: inout GradientBuilder) {
    guard gradients.wants(0) else { return }
    let gradient = gradients.add(
      GatherNDDerivative.name, [gradients.outputGradient, gradients.input(1)],
      ["shape": .ints(slices.whole.map(Int64.init)), "batch_dims": .int(Int64(slices.batch))])
    gradients.set(gradient, forInput: 0)
  }
}
