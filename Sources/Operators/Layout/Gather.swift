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
  /// The known indices, counted from 0; `nil` if the network computes them.
  private let stored: [Int]?

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
    stored = call.constants[1]?.integers()?.map { $0 < 0 ? $0 + size : $0 }
    let sizes = input.shape[..<axis] + indices.sizes + input.shape[(axis + 1)...]
    outputs = [TensorType(Shape(Array(sizes)), input.elementType)]
  }

  /// Each element of a known list of indices is tied to the element that it picks. Otherwise, the gathered axis is
  /// frozen; axes of computed indices are tied to those of the output, and those of known indices are frozen. All other
  /// axes are tied to those of the output.
  package var axes: AxisRule? {
    var rule = AxisRule()
    let (gathered, result) = (PortAxis(.input(0), axis), PortAxis(.output(0), axis))
    let isList = stored != nil && indices.rank == 1
    if isList {
      rule.selections = [AxisSelection(result, gathered, elements: stored ?? [])]
    } else {
      rule.frozen = [FrozenAxis(gathered, "picks from it")]
    }
    for source in input.shape.indices where source != axis {
      let target = source < axis ? source : source + indices.rank - 1
      rule.ties.append(AxisTie(PortAxis(.input(0), source), PortAxis(.output(0), target)))
    }
    for source in indices.indices where !isList {
      let target = PortAxis(.output(0), axis + source)
      if stored != nil {
        rule.frozen.append(FrozenAxis(target, "states the indices of its elements"))
      } else {
        rule.ties.append(AxisTie(PortAxis(.input(1), source), target))
      }
    }
    return rule
  }

  /// Adapts known indices to what is left of the elements that they pick.
  package func resize(_ resizing: inout NodeResizing) {
    guard let stored, indices.rank == 1 else { return }
    let (picked, from) = (resizing.kept(PortAxis(.output(0), axis)), resizing.kept(PortAxis(.input(0), axis)))
    guard picked.count < stored.count || from.count < input.shape[axis] else { return }
    guard resizing.variant.constants[1]?.integers() == resizing.before.constants[1]?.integers() else {
      return resizing.refuse(
        "computes its indices from the sizes of the network's inputs, so that they cannot follow what is removed",
        remedy: "export the network with fixed sizes, or leave the group alone with --only")
    }
    let places = Dictionary(uniqueKeysWithValues: from.enumerated().map { ($1, $0) })
    resizing.set(picked.compactMap { places[stored[$0]] }, "indices", orInput: 1)
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
