import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The first input with single elements replaced by those of the third, `updates`, at the indices in the second along
/// the attribute `axis`: `Y[indices[i, j, ..], j, ..] = updates[i, j, ..]` for axis 0; or combined with them by the
/// attribute `reduction`: `add`, `mul`, `max` or `min`. Negative indices count from the end.
///
/// An index out of range is an error if the indices are known before the network runs, and is otherwise ignored. Of
/// several updates of one element the last wins, and each gets the whole gradient.
package struct ScatterElements: DifferentiableOperator {
  /// `ScatterElements`.
  package static let name: OperatorName = "ScatterElements"

  /// The input's type.
  package let outputs: [TensorType]
  /// The elements that are updated.
  package let elements: PickedElements
  /// The operation that combines updates with elements.
  package let reduction: ScatterReduction
  private let couplesBranches: Bool

  /// Reads `axis` and `reduction`; the updates must have the shape of the indices.
  package init(_ call: Invocation) throws(EspalierError) {
    let input = try call.input(0)
    reduction = try ScatterReduction(call)
    elements = try PickedElements(call, input.shape)
    let updates = try call.input(2).shape
    guard updates == elements.indices else {
      throw call.error("has \(updates) updates for \(elements.indices) indices")
    }
    try call.checkMovable()
    outputs = [input]
    couplesBranches = call.constants[0] == nil && call.constants[2] == nil
  }

  /// The axis that indices point along is frozen; every other is tied to that of all operands. A computed input and
  /// computed updates are two branches that meet.
  package var axes: AxisRule? {
    var rule = elements.rule(picked: .input(2), tied: [.input(0), .output(0)], "puts elements into it")
    let frozen = Set(rule.frozen.map(\.axis))
    // The updates may cover only the first elements of an axis.
    rule.ties += outputs[0].shape.indices.filter { !frozen.contains(PortAxis(.output(0), $0)) }.map {
      AxisTie(PortAxis(.input(0), $0), PortAxis(.output(0), $0))
    }
    rule.couplesBranches = couplesBranches
    return rule
  }

  /// The input's gradient is 0 where elements were replaced; that of the updates is gathered from the same indices.
  package func differentiate(_ gradients: inout GradientBuilder) {
    gradients.setScattered(
      Self.name, GatherElements.name, ["axis": .int(Int64(elements.axis))], updates: elements.indices, by: reduction)
  }
}
