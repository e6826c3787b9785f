import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Slices of the first input along the attribute `axis`, at the indices in the second: `Y[.., i.., ..] = X[..,
/// indices[i..], ..]`. Negative indices count from the end.
///
/// An index out of range is an error if the indices are known before the network runs, and otherwise gives zeros.
package struct Gather: DifferentiableOperator {
  /// `Gather`.
  package static let name: OperatorName = "Gather"

  /// The data from which elements are gathered.
  package static var parameterInputs: ParameterInputs { .at(0..<1) }

  /// The input's shape, with the axis replaced by the shape of the indices.
  package let outputs: [TensorType]
  /// The type of the tensor from which slices are gathered.
  package let input: TensorType
  /// The shape of the indices.
  package let indices: Shape
  /// The axis along which slices are gathered.
  package let axis: Int
  private let areStored: Bool

  /// Reads `axis`; known indices must be in range.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.input(0)
    indices = try call.indices(at: 1).shape
    axis = try call.axis(try call.int("axis", default: 0), ofInput: 0)
    let size = input.shape[axis]
    if let wrong = call.constants[1]?.integers()?.first(where: { !(-size..<size).contains($0) }) {
      throw call.error("index \(wrong) does not exist along axis \(axis) of \(input.shape)")
    }
    _ = try call.elementWidth()
    areStored = call.constants[1] != nil
    let sizes = input.shape[..<axis] + indices.sizes + input.shape[(axis + 1)...]
    outputs = [TensorType(Shape(Array(sizes)), input.elementType)]
  }

  /// The gathered axis is frozen, and the others are tied to those of the output; so are those of the indices, which
  /// are frozen if they are stored.
  package var axes: AxisRule? {
    var rule = AxisRule(frozen: [FrozenAxis(PortAxis(.input(0), axis), "picks from it")])
    for source in input.shape.indices where source != axis {
      let target = source < axis ? source : source + indices.rank - 1
      rule.ties.append(AxisTie(PortAxis(.input(0), source), PortAxis(.output(0), target)))
    }
    for source in indices.indices {
      let target = PortAxis(.output(0), axis + source)
      if areStored {
        rule.frozen.append(FrozenAxis(target, "states the indices of its elements"))
      } else {
        rule.ties.append(AxisTie(PortAxis(.input(1), source), target))
      }
    }
    return rule
  }

  /// Elements are only moved, or are 0.
  package var sign: Sign { .preserved }

  /// Each slice of the gradient is added at its index.
  package func differentiate(_ gradients: inout GradientBuilder) {
    guard gradients.wants(0) else { return }
    let gradient = gradients.add(
      GatherDerivative.name, [gradients.outputGradient, gradients.input(1)],
      ["shape": .ints(input.shape.map(Int64.init)), "axis": .int(Int64(axis))])
    gradients.set(gradient, forInput: 0)
  }
}
