import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The `k` greatest elements along the attribute `axis`, or the least if `largest` is 0: their values and their
/// indices.
///
/// They are sorted, the best first, and equal ones by index; `sorted` 0 allows any order, including this one. `k` is
/// the second input, one whole number that must be known before the network runs.
package struct TopK: DifferentiableOperator, ChoosingOperator {
  /// `TopK`.
  package static let name: OperatorName = "TopK"

  /// The number of elements.
  package static var inputsKnownBeforehand: [Int] { [1] }

  /// The input's type with `k` elements along the axis, and the same shape of int64 numbers.
  package let outputs: [TensorType]
  /// The shape of the input.
  package let input: Shape
  /// The axis along which elements are selected.
  package let axis: Int
  /// Whether the greatest elements are selected rather than the least.
  package let takesLargest: Bool
  private let givesIndices: Bool

  /// Reads `axis`, `largest` and `k`.
  package init(_ call: Invocation) throws(EspalierError) {
    let type = try call.input(0)
    input = type.shape
    axis = try call.axis(try call.int("axis", default: -1), ofInput: 0)
    try call.checkNumeric(type.elementType)
    takesLargest = try call.flag("largest", default: true)
    _ = try call.flag("sorted")
    let counts = call.has(input: 1) ? try call.ints("k", orInput: 1) : [try call.int("k", default: -1)]
    guard let counts, counts.count == 1, (0...input[axis]).contains(counts[0]) else {
      throw call.error("cannot take \(counts ?? []) of the \(input[axis]) elements of axis \(axis)")
    }
    let shape = input.replacing(axis: axis, with: counts[0])
    outputs = [TensorType(shape, type.elementType), TensorType(shape, .int64)]
    givesIndices = call.has(output: 1)
  }

  /// Every axis is tied to the same axis of the outputs, except for the one along which elements are selected, which is
  /// frozen.
  package var axes: AxisRule? {
    var rule = AxisRule.identity(rank: input.rank, except: [axis])
    if givesIndices {
      rule.ties += input.indices.filter { $0 != axis }.map {
        AxisTie(PortAxis(.input(0), $0), PortAxis(.output(1), $0))
      }
      rule.frozen.append(FrozenAxis(PortAxis(.output(1), axis), "sorts along it"))
    }
    rule.freeze(axis, "sorts along it")
    return rule
  }

  /// The gradient of the values, scattered to their indices.
  package func differentiate(_ gradients: inout GradientBuilder) {
    guard let dY = gradients.outputGradients[0] else { return }
    let node = gradients.node.node
    let indices =
      givesIndices ? node.outputs[1] : gradients.add(Self.name, node.inputs, node.attributes, outputs: 2)[1]
    gradients.set(gradients.addToPicked(dY, at: indices, of: input, axis: axis), forInput: 0)
  }
}
