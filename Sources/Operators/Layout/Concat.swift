import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The concatenation of the inputs along the attribute `axis`.
package struct Concat: DifferentiableOperator {
  /// `Concat`.
  package static let name: OperatorName = "Concat"

  /// The first input's shape, with the sizes along the axis added up.
  package let outputs: [TensorType]
  /// The axis of concatenation.
  package let axis: Int
  /// The offset of each input along the axis.
  package let offsets: [Int]

  /// Reads `axis`, which is required; the inputs must agree along all other axes.
  package init(_ call: Invocation) throws(EspalierError) {
    var type = try call.input(0)
    guard call.node.attributes["axis"] != nil else { throw call.error("names no axis") }
    axis = try call.axis(try call.int("axis", default: 0), ofInput: 0)
    var offsets = [0]
    for position in call.inputs.indices.dropFirst() {
      let other = try call.input(position)
      guard other.elementType == type.elementType, other.shape.rank == type.shape.rank,
        other.shape.replacing(axis: axis, with: type.shape[axis]) == type.shape
      else { throw call.error("cannot put \(type) and \(other) together along axis \(axis)") }
      let (size, overflow) = type.shape[axis].addingReportingOverflow(other.shape[axis])
      guard !overflow else { throw call.error("would make more elements than any memory holds") }
      offsets.append(type.shape[axis])
      type.shape[axis] = size
    }
    _ = try call.elementWidth()
    outputs = [type]
    self.offsets = offsets
  }

  /// Along the axis, each input is tied to its part of the output; along the others, all inputs are tied to the output.
  package var axes: AxisRule? {
    var rule = AxisRule()
    for (position, offset) in offsets.enumerated() {
      rule.ties += outputs[0].shape.indices.map {
        AxisTie(PortAxis(.input(position), $0), PortAxis(.output(0), $0), offset: $0 == axis ? offset : 0)
      }
    }
    return rule
  }

  /// Elements are only moved.
  package var sign: Sign { .preserved }

  /// The part of the gradient that corresponds to each input.
  package func differentiate(_ gradients: inout GradientBuilder) {
    for (position, offset) in offsets.enumerated() where gradients.wants(position) {
      let part = gradients.add(
        Slice.name, [gradients.outputGradient],
        [
          "axes": .ints([Int64(axis)]), "starts": .ints([Int64(offset)]),
          "ends": .ints([Int64(offset + gradients.inputShape(position)[axis])]),
        ])
      gradients.set(part, forInput: position)
    }
  }
}
