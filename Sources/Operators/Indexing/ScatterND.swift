import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The first input with slices replaced by those of the third, `updates`, at the tuples of indices in the second:
/// `Y[indices[i..], j..] = updates[i.., j..]`; or combined with them by the attribute `reduction`: `add`, `mul`, `max`
/// or `min`.
///
/// An index out of range is an error if the indices are known before the network runs, and is otherwise ignored. Of
/// several updates of one element the last wins, and each gets the whole gradient.
package struct ScatterND: DifferentiableOperator {
  /// `ScatterND`.
  package static let name: OperatorName = "ScatterND"

  /// The input's type.
  package let outputs: [TensorType]
  /// The slices that are updated.
  package let slices: PickedSlices
  /// The operation that combines updates with elements.
  package let reduction: ScatterReduction
  private let couplesBranches: Bool

  /// Reads `reduction`; the updates must have the shape of the slices.
  package init(_ call: Invocation) throws(EspalierError) {
    let input = try call.input(0)
    reduction = try ScatterReduction(call)
    slices = try PickedSlices(call, input.shape)
    let updates = try call.input(2).shape
    guard updates == slices.shape else {
      throw call.error("has updates of \(updates) for slices of \(slices.shape)")
    }
    try call.checkMovable()
    outputs = [input]
    couplesBranches = call.constants[0] == nil && call.constants[2] == nil
  }

  /// Axes that indices point along are frozen; all others are tied to those of the updates. A computed input and
  /// computed updates are two branches that meet.
  package var axes: AxisRule? {
    var rule = slices.rule(slices: .input(2), tensors: [.input(0), .output(0)], "puts elements into it")
    rule.couplesBranches = couplesBranches
    return rule
  }

  /// The input's gradient is 0 where elements were replaced; that of the updates is gathered from the same indices.
  package func differentiate(_ gradients: inout GradientBuilder) {
    gradients.setScattered(Self.name, GatherND.name, updates: slices.shape, by: reduction)
  }
}
